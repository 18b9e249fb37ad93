import BusbarTestSupport
import CANInterfaces
import Foundation
import Testing

@Suite("Where a serial device is")
struct SerialPortPathsTests {
  @Test("is remembered by the link that says what it is, which goes first when it is back")
  func remembersLink() throws {
    let folder = try TemporaryFolder()
    let device = try folder.file("ttyACM0", Data())
    let links = folder.url.appending(path: "by-id")
    let link = links.appending(path: "usb-CANable_1234-if00")
    try FileManager.default.createDirectory(at: links, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: device)
    var paths = SerialPortPaths(device.path(), folder: links.path())
    #expect(paths.candidates == [device.path()])
    paths.hasOpened()
    #expect(paths.candidates.count == 2)
    #expect(paths.candidates.first?.hasSuffix("usb-CANable_1234-if00") == true)
    #expect(paths.candidates.last == device.path())
  }

  @Test("is only the path that was given where no link leads to it")
  func hasNoLink() throws {
    let folder = try TemporaryFolder()
    let device = try folder.file("ttyUSB0", Data())
    var paths = SerialPortPaths(device.path(), folder: folder.url.appending(path: "none").path())
    paths.hasOpened()
    #expect(paths.candidates == [device.path()])
  }
}
