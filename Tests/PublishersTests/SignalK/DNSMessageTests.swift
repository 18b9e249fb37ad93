import Testing

@testable import Publishers

@Suite("Answers by mDNS")
struct DNSMessageTests {
  /// A datagram by hand: header of a response, then records.
  static func response(answers: Int, _ records: [UInt8]) -> [UInt8] {
    [0, 0, 0x84, 0, 0, 0, 0, UInt8(answers), 0, 0, 0, 0] + records
  }

  static func record(_ name: [UInt8], type: UInt8, _ data: [UInt8]) -> [UInt8] {
    name + [0, type, 0x80, 1, 0, 0, 0, 120, UInt8(data.count >> 8), UInt8(data.count & 0xFF)] + data
  }

  static let service = DNSName("_signalk-ws._tcp.local")
  static let instance = DNSName(labels: ["Signal K: my.boat", "_signalk-ws", "_tcp", "local"])
  static let host = DNSName("pi.local")

  /// What a server announces, without compression.
  static var announcement: [UInt8] {
    response(
      answers: 3,
      record(service.bytes, type: 12, instance.bytes)
        + record(instance.bytes, type: 33, [0, 0, 0, 0, 0x0B, 0xB8] + host.bytes)
        + record(host.bytes, type: 1, [192, 168, 1, 7]))
  }

  @Test("become records")
  func reads() {
    #expect(
      DNSMessage.records(in: Self.announcement) == [
        DNSRecord(name: Self.service, content: .instance(Self.instance)),
        DNSRecord(name: Self.instance, content: .place(host: Self.host, port: 3000)),
        DNSRecord(name: Self.host, content: .address("192.168.1.7")),
      ])
  }

  @Test("may be compressed")
  func readsCompressed() {
    // The name of the service is at byte 12; `local` begins at byte 29.
    let message = Self.response(
      answers: 2,
      Self.record(Self.service.bytes, type: 12, [2, 0x50, 0x49, 0xC0, 12])
        + Self.record(
          [2, 0x70, 0x69, 0xC0, 29], type: 28, [0x20, 1] + Array(repeating: 0, count: 13) + [1]))
    #expect(
      DNSMessage.records(in: message) == [
        DNSRecord(
          name: Self.service,
          content: .instance(DNSName(labels: ["PI", "_signalk-ws", "_tcp", "local"]))),
        DNSRecord(name: DNSName("pi.local"), content: .address("2001:0:0:0:0:0:0:1")),
      ])
  }

  @Test(
    "cannot lead astray",
    arguments: [
      ([0xC0, 12], "a name that points to itself"),
      ([0xC0, 0xFF], "a name that points forwards"),
      ([1, 0x61, 0xC0, 12], "a name that points to its own beginning"),
      ([63, 0x61], "a label that is longer than the message"),
      ([0x80, 0], "a length of a kind that does not exist"),
      ([], "nothing"),
    ] as [([UInt8], String)])
  func isBounded(name: [UInt8], why: String) {
    #expect(DNSMessage.records(in: Self.response(answers: 200, name)).isEmpty, "\(why)")
  }

  @Test("that are questions say nothing")
  func ignoresQuestions() {
    #expect(DNSMessage.records(in: ServiceCensus().query).isEmpty)
  }

  @Test("that are cut or spoilt are read as far as they go")
  func survivesEverything() {
    var random = SystemRandomNumberGenerator()
    for length in 0...Self.announcement.count {
      #expect(DNSMessage.records(in: Array(Self.announcement.prefix(length))).count <= 3)
    }
    for _ in 0..<20_000 {
      var message = Self.announcement
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        message[Int.random(in: 0..<message.count, using: &random)] = random.next()
      }
      var census = ServiceCensus()
      census.take(message)
      #expect(census.servers.count <= 16)
      #expect(census.query.count <= 9000)
    }
  }
}

@Suite("Putting answers together")
struct ServiceCensusTests {
  @Test("gives a server's address")
  func finds() {
    var census = ServiceCensus()
    census.take(DNSMessageTests.announcement)
    #expect(census.servers.map(\.description) == ["http://192.168.1.7:3000"])
  }

  @Test("asks for what is missing")
  func asksOn() {
    var census = ServiceCensus()
    let plain = census.query.count
    census.take(
      DNSMessageTests.response(
        answers: 1,
        DNSMessageTests.record(
          DNSMessageTests.service.bytes, type: 12, DNSMessageTests.instance.bytes)))
    #expect(census.servers.isEmpty)
    #expect(census.query.count == plain + DNSMessageTests.instance.bytes.count + 4)
  }

  @Test("is not flooded")
  func isBounded() {
    var census = ServiceCensus()
    for number in 0..<5000 {
      let instance = DNSName(labels: ["\(number)", "_signalk-ws", "_tcp", "local"])
      census.take(
        DNSMessageTests.response(
          answers: 3,
          DNSMessageTests.record(DNSMessageTests.service.bytes, type: 12, instance.bytes)
            + DNSMessageTests.record(
              instance.bytes, type: 33,
              [0, 0, 0, 0, UInt8(number >> 8), UInt8(number & 0xFF)] + DNSMessageTests.host.bytes)
            + DNSMessageTests.record(DNSMessageTests.host.bytes, type: 1, [10, 0, 0, 1])))
    }
    #expect(census.servers.count == 16)
    #expect(census.query.count < 2000)
  }
}
