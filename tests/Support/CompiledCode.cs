using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Dropin.Tests.Support;

/// <summary>What the code of compiled assemblies calls and reads, by name of type and member.</summary>
public sealed class CompiledCode
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    // What the compiler makes for every record names all its properties, and obeys none.
    private static readonly HashSet<string> OfRecords = ["PrintMembers", "GetHashCode", "Equals", "Deconstruct", "ToString"];

    private readonly HashSet<string> _used = [];
    private readonly HashSet<string> _types = [];

    /// <summary>Reads the assemblies of a folder.</summary>
    public CompiledCode(string folder, params ReadOnlySpan<string> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            using var file = new PEReader(File.OpenRead(Path.Combine(folder, assembly + ".dll")));
            Read(file, file.GetMetadataReader());
        }
    }

    /// <summary>Whether a method of a type is called, or a field of it read, anywhere.</summary>
    public bool Uses(Type type, string member) => _used.Contains($"{type.FullName}::{member}");

    /// <summary>Whether a type of another assembly is named anywhere.</summary>
    public bool Names(Type type) => _types.Contains(type.FullName!);

    private void Read(PEReader file, MetadataReader metadata)
    {
        foreach (var handle in metadata.TypeReferences)
        {
            _types.Add(TypeName(metadata, handle));
        }

        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress != 0 && !OfRecords.Contains(metadata.GetString(method.Name)))
            {
                Read(file.GetMethodBody(method.RelativeVirtualAddress).GetILReader(), metadata);
            }
        }
    }

    private void Read(BlobReader code, MetadataReader metadata)
    {
        while (code.RemainingBytes > 0)
        {
            int number = code.ReadByte();
            if (number == 0xFE)
            {
                number = 0xFE00 | code.ReadByte();
            }

            switch (Operands[number])
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.ReadByte();
                    break;
                case OperandType.InlineVar:
                    code.ReadInt16();
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.ReadInt64();
                    break;
                case OperandType.InlineSwitch:
                    for (var left = code.ReadInt32(); left > 0; left--)
                    {
                        code.ReadInt32();
                    }

                    break;
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok:
                    // A field that is only stored is not used: stfld and stsfld.
                    if (Name(metadata, MetadataTokens.EntityHandle(code.ReadInt32())) is { } name && number is not (0x7D or 0x80))
                    {
                        _used.Add(name);
                    }

                    break;
                default:
                    code.ReadInt32();
                    break;
            }
        }
    }

    private static string? Name(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return Name(metadata, metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MemberReference:
                var reference = metadata.GetMemberReference((MemberReferenceHandle)handle);
                return $"{TypeName(metadata, reference.Parent)}::{metadata.GetString(reference.Name)}";
            case HandleKind.MethodDefinition:
                var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return $"{TypeName(metadata, method.GetDeclaringType())}::{metadata.GetString(method.Name)}";
            case HandleKind.FieldDefinition:
                var field = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                return $"{TypeName(metadata, field.GetDeclaringType())}::{metadata.GetString(field.Name)}";
            default:
                return null;
        }
    }

    private static string TypeName(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeReference:
                var reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
                return (reference.ResolutionScope.Kind == HandleKind.TypeReference
                    ? TypeName(metadata, reference.ResolutionScope) + "+"
                    : metadata.GetString(reference.Namespace) + ".") + metadata.GetString(reference.Name);
            case HandleKind.TypeDefinition:
                var definition = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
                return (definition.GetDeclaringType() is { IsNil: false } outer
                    ? TypeName(metadata, outer) + "+"
                    : metadata.GetString(definition.Namespace) + ".") + metadata.GetString(definition.Name);
            case HandleKind.TypeSpecification:
                // A generic type: its definition stands behind two bytes that say so.
                var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                return signature.ReadByte() == 0x15 && signature.ReadByte() != 0 ? TypeName(metadata, signature.ReadTypeHandle()) : "";
            default:
                return "";
        }
    }
}
