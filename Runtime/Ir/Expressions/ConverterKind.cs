namespace Dropin.Runtime.Ir.Expressions;

/// <summary>Converters that the engine can execute (configuration manual 7.3.1); the manual's name stands with each.</summary>
public enum ConverterKind
{
    /// <summary><c>add</c></summary>
    Add,

    /// <summary><c>add_item</c></summary>
    AddItem,

    /// <summary><c>aes_gcm_dec</c></summary>
    AesGcmDecrypt,

    /// <summary><c>and</c></summary>
    And,

    /// <summary><c>b64dec</c></summary>
    Base64Decode,

    /// <summary><c>base64</c></summary>
    Base64,

    /// <summary><c>be2dec</c></summary>
    BigEndianToDecimal,

    /// <summary><c>be2hex</c></summary>
    BigEndianToHex,

    /// <summary><c>bool</c></summary>
    Bool,

    /// <summary><c>bytes</c></summary>
    Bytes,

    /// <summary><c>capture-req</c></summary>
    CaptureRequest,

    /// <summary><c>capture-res</c></summary>
    CaptureResponse,

    /// <summary><c>concat</c></summary>
    Concat,

    /// <summary><c>cpl</c></summary>
    Complement,

    /// <summary><c>crc32</c></summary>
    Crc32,

    /// <summary><c>crc32c</c></summary>
    Crc32C,

    /// <summary><c>cut_crlf</c></summary>
    CutAtLineEnd,

    /// <summary><c>digest</c></summary>
    Digest,

    /// <summary><c>div</c></summary>
    Divide,

    /// <summary><c>djb2</c></summary>
    Djb2,

    /// <summary><c>even</c></summary>
    Even,

    /// <summary><c>field</c></summary>
    Field,

    /// <summary><c>hex</c></summary>
    Hex,

    /// <summary><c>hex2i</c></summary>
    HexToInteger,

    /// <summary><c>hmac</c></summary>
    Hmac,

    /// <summary><c>host_only</c></summary>
    HostOnly,

    /// <summary><c>htonl</c></summary>
    ToNetworkOrder,

    /// <summary><c>http_date</c></summary>
    HttpDate,

    /// <summary><c>iif</c></summary>
    IfElse,

    /// <summary><c>ipmask</c></summary>
    MaskAddress,

    /// <summary><c>json</c></summary>
    Json,

    /// <summary><c>json_query</c></summary>
    JsonQuery,

    /// <summary><c>jwt_header_query</c></summary>
    JwtHeaderQuery,

    /// <summary><c>jwt_payload_query</c></summary>
    JwtPayloadQuery,

    /// <summary><c>language</c></summary>
    Language,

    /// <summary><c>length</c></summary>
    Length,

    /// <summary><c>lower</c></summary>
    Lower,

    /// <summary><c>ltime</c></summary>
    LocalTime,

    /// <summary><c>ltrim</c></summary>
    TrimStart,

    /// <summary><c>map</c> and its kin (<c>map_beg</c>, <c>map_int_ip</c> …)</summary>
    Map,

    /// <summary><c>mod</c></summary>
    Modulo,

    /// <summary><c>mul</c></summary>
    Multiply,

    /// <summary><c>nbsrv</c></summary>
    UsableServers,

    /// <summary><c>neg</c></summary>
    Negate,

    /// <summary><c>not</c></summary>
    Not,

    /// <summary><c>odd</c></summary>
    Odd,

    /// <summary><c>or</c></summary>
    Or,

    /// <summary><c>port_only</c></summary>
    PortOnly,

    /// <summary><c>regsub</c></summary>
    RegexSubstitute,

    /// <summary><c>rtrim</c></summary>
    TrimEnd,

    /// <summary><c>sdbm</c></summary>
    Sdbm,

    /// <summary><c>secure_memcmp</c></summary>
    SecureCompare,

    /// <summary><c>set-var</c></summary>
    SetVariable,

    /// <summary><c>sha1</c></summary>
    Sha1,

    /// <summary><c>sha2</c></summary>
    Sha2,

    /// <summary><c>srv_queue</c></summary>
    ServerQueue,

    /// <summary><c>strcmp</c></summary>
    TextCompare,

    /// <summary><c>sub</c></summary>
    Subtract,

    /// <summary><c>ub64dec</c></summary>
    Base64UrlDecode,

    /// <summary><c>ub64enc</c></summary>
    Base64UrlEncode,

    /// <summary><c>unset-var</c></summary>
    UnsetVariable,

    /// <summary><c>upper</c></summary>
    Upper,

    /// <summary><c>url_dec</c></summary>
    UrlDecode,

    /// <summary><c>url_enc</c></summary>
    UrlEncode,

    /// <summary><c>utime</c></summary>
    UniversalTime,

    /// <summary><c>word</c></summary>
    Word,

    /// <summary><c>xor</c></summary>
    Xor,

    /// <summary><c>xxh32</c></summary>
    XxHash32,

    /// <summary><c>xxh64</c></summary>
    XxHash64,
}
