import CANInterfaces
import Testing

@Suite("What a user wrote for an adapter")
struct AdapterSpecificationTests {
  private static let port = SerialPort(path: "/dev/ttyACM0")
  private static let pi = NetworkAddress(host: "pi.local", port: 29_536)

  private static func speed(_ rate: Int) throws -> SerialSpeed {
    try #require(SerialSpeed.all.first { $0.bitsPerSecond == rate })
  }

  @Test(
    "is understood, and written as it can be written again",
    arguments: [
      ("slcan:/dev/ttyACM0", .serialLine(SerialLineSettings(port: port))),
      (
        "slcan:/dev/ttyACM0?bitrate=500000&timestamps=off&firmware=canable",
        .serialLine(
          SerialLineSettings(
            port: port, bitRate: .kilobits500, usesTimeStamps: false, firmware: .canable))
      ),
      (
        "gvret:/dev/ttyACM0?bitrate=250000&baud=115200",
        .gvret(GVRETSettings(endpoint: .serial(port), bitRate: 250_000))
      ),
      (
        "gvret://pi.local:29536?bitrate=250000&bus=1",
        .gvret(GVRETSettings(endpoint: .network(pi), bitRate: 250_000, bus: .second))
      ),
      (
        "gvret://pi.local:29536",
        .gvret(GVRETSettings(endpoint: .network(pi)))
      ),
      (
        "cannelloni://:20000",
        .cannelloni(NetworkAddress(host: "", port: 20_000))
      ),
      (
        "cannelloni://[::1]:20000",
        .cannelloni(NetworkAddress(host: "::1", port: 20_000))
      ),
      ("sim:rec-q?fault=x:/&", .simulator("rec-q?fault=x:/&")),
    ] as [(String, SourceSpecification)])
  func understands(word: String, specification: SourceSpecification) throws {
    #expect(try SourceSpecification(parsing: word) == specification)
    #expect("\(specification)" == word)
  }

  @Test("is completed with what is usual")
  func completes() throws {
    let bus = try #require(SocketcandBusName("can0"))
    #expect(
      try SourceSpecification(parsing: "socketcand://pi.local/can0")
        == .socketcand(Self.pi, bus: bus))
    #expect(
      "\(try SourceSpecification(parsing: "socketcand://pi.local/can0"))"
        == "socketcand://pi.local:29536/can0")
    #expect("\(try SourceSpecification(parsing: "gvret://10.0.0.2"))" == "gvret://10.0.0.2:23")
    let slow = "slcan:/dev/ttyUSB0?baud=57600"
    #expect("\(try SourceSpecification(parsing: slow))" == slow)
  }

  @Test(
    "is refused with what to write instead",
    arguments: [
      ("slcan:", "a device is expected, such as slcan:/dev/ttyACM0"),
      ("slcan:?bitrate=250000", "a device is expected, such as slcan:/dev/ttyACM0"),
      (
        "slcan:/dev/ttyACM0?bitrate=300000",
        """
        bitrate=300000 is not possible; expected 10000, 20000, 50000, 100000, 125000, 250000, \
        500000, 800000, 1000000
        """
      ),
      (
        "slcan:/dev/ttyACM0?bitrat=250000",
        "no setting 'bitrat' is known; did you mean 'bitrate='?"
      ),
      ("slcan:/dev/ttyACM0?boud=9600", "no setting 'boud' is known; did you mean 'baud='?"),
      (
        "slcan:/dev/ttyACM0?timestamp=on",
        "no setting 'timestamp' is known; did you mean 'timestamps='?"
      ),
      ("slcan:/dev/ttyACM0?timestamps=yes", "timestamps=yes is not possible; expected on, off"),
      ("slcan:/dev/ttyACM0?bitrate", "'bitrate' has no value; expected bitrate=..."),
      ("slcan:/dev/ttyACM0?baud=9600&baud=9600", "'baud=' is given twice"),
      ("socketcand:///can0", "a host is expected, such as socketcand://pi.local:29536/can0"),
      ("socketcand://pi", "a bus is expected after the host, such as /can0"),
      ("socketcand://pi/", "a bus is expected after the host, such as /can0"),
      (
        "socketcand://pi/can0 >< send 1 0",
        "'can0 >< send 1 0' is not the name of a bus; expected one such as can0"
      ),
      ("socketcand://pi:0/can0", "'0' is not a port; expected 1 to 65535"),
      ("gvret://pi:70000", "'70000' is not a port; expected 1 to 65535"),
      ("gvret://[::1]x", "'x' is too much; nothing is expected there"),
      ("cannelloni://", "a port is expected, such as cannelloni://:20000"),
      ("cannelloni://:20000?x=1", "no setting 'x' is known here"),
    ])
  func refuses(word: String, text: String) {
    let error = #expect(throws: SourceError.self) { try SourceSpecification(parsing: word) }
    #expect(error.map { "\($0)" } == "\(word): \(text)")
    #expect(error?.isUsage == true)
  }
}
