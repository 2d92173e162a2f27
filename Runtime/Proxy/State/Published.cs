namespace Dropin.Runtime.Proxy.State;

/// <summary>
/// A value of several words which one thread replaces while others read it without a lock: they see the old one or the new one. A structure in a field would
/// be copied word by word, and a reader in between would see half of each, on x86-64 seldom, on arm64 (whose copies are shorter) more often.
/// </summary>
/// <typeparam name="T">A structure.</typeparam>
public sealed class Published<T>
    where T : struct
{
    private volatile Box _box = new(default);

    /// <summary>The value as of now; what was read stays as it was.</summary>
    public ref readonly T Value => ref _box.Value;

    /// <summary>Replaces it.</summary>
    public void Set(in T value) => _box = new Box(value);

    private sealed class Box(T value)
    {
        internal readonly T Value = value;
    }
}
