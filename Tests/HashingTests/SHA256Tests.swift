import Hashing
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// From FIPS 180-4's examples and sha256sum, around the lengths where padding takes a block more.
  @Test(
    "gives what FIPS 180-4 and sha256sum give",
    arguments: [
      ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      ("a", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
      ("a", 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
      ("a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
      ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
  func digests(text: String, count: Int, digest: String) {
    let bytes = Array(String(repeating: text, count: count).utf8)
    #expect(Self.hex(SHA256.digest(of: bytes)) == digest)
  }

  @Test("a million a's, in pieces of every length")
  func matchesInPieces() {
    var hash = SHA256()
    var rest = 1_000_000
    var length = 1
    while rest > 0 {
      let piece = min(length, rest)
      hash.update([UInt8](repeating: UInt8(ascii: "a"), count: piece))
      rest -= piece
      length = length % 200 + 1
    }
    #expect(
      Self.hex(hash.digest())
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
