using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Converters;

/// <summary>Digests (<c>digest</c>, <c>sha1</c>, <c>sha2</c>) and those with a key (<c>hmac</c>).</summary>
/// <param name="algorithm">md5, sha1, sha224, sha256, sha384 or sha512.</param>
/// <param name="key">The key of an HMAC.</param>
/// <param name="keyed">It is an HMAC.</param>
internal sealed class DigestConverter(HashAlgorithmName algorithm, TextSource key, bool keyed) : SampleConverter
{
    private static readonly HashAlgorithmName s_sha224 = new("SHA224");

    public override SampleType Input => SampleType.Binary;

    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        var room = subject.Scratch.Take(64);
        if (keyed)
        {
            if (!key.TryGet(subject, out var secret, SampleType.Binary))
            {
                return false;
            }

            // A variable holds the key in base 64, as an argument does (which was decoded when it was read).
            if (key.IsVariable)
            {
                var decoded = subject.Scratch.Take(Base64.GetMaxDecodedFromUtf8Length(secret.Length));
                if (Base64.DecodeFromUtf8(secret, decoded, out _, out var length) != OperationStatus.Done)
                {
                    return false;
                }

                secret = decoded[..length];
            }

            return sample.SetBinary(room[..(algorithm == s_sha224
                ? Sha224.Hmac(secret, sample.Bytes, room)
                : CryptographicOperations.HmacData(algorithm, secret, sample.Bytes, room))]);
        }

        return sample.SetBinary(room[..(algorithm == s_sha224
            ? Sha224.Hash(sample.Bytes, room)
            : CryptographicOperations.HashData(algorithm, sample.Bytes, room))]);
    }

    /// <summary>The algorithm of a name.</summary>
    public static HashAlgorithmName Of(string name) => name.ToUpperInvariant() switch
    {
        "MD5" => HashAlgorithmName.MD5,
        "SHA1" => HashAlgorithmName.SHA1,
        "SHA224" => s_sha224,
        "SHA384" => HashAlgorithmName.SHA384,
        "SHA512" => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };
}

/// <summary>Decrypts AES in GCM (<c>aes_gcm_dec</c>).</summary>
internal sealed class AesGcmConverter(TextSource nonce, TextSource key, TextSource tag) : SampleConverter
{
    public override SampleType Input => SampleType.Binary;

    // The cipher's object is allocated for each use: the key may be another one each time.
    public override bool TryConvert(RuleSubject subject, ref Sample sample)
    {
        if (!nonce.TryGet(subject, out var n, SampleType.Binary) || !key.TryGet(subject, out var k, SampleType.Binary)
            || !tag.TryGet(subject, out var t, SampleType.Binary) || n.Length != 12 || k.Length is not (16 or 24 or 32) || t.Length is < 12 or > 16)
        {
            return false;
        }

        var room = subject.Scratch.Take(sample.Bytes.Length);
        try
        {
            using var cipher = new AesGcm(k, t.Length);
            cipher.Decrypt(n, sample.Bytes, t, room);
            return sample.SetBinary(room);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
