import CANFrames
import CANInterfaces
import Foundation
import Testing

@Suite("A pipe as a source")
struct PipeSourceTests {
  @Test("gives every frame, whatever pieces it comes in", arguments: [1, 7, 64, 4096])
  func readsPieces(size: Int) throws {
    let text = logText(200)
    let pipe = TestPipe()
    var source = try FileSource("/dev/fd/\(pipe.reader)")
    inBackground {
      var rest = Substring(text)
      while !rest.isEmpty {
        pipe.send(String(rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
    }
    var batch = FrameBatch()
    while batch.frames.count < 200 {
      try #require(try source.read(into: &batch, waitingMilliseconds: 10_000) == .open)
    }
    #expect(batch.frames.map(\.payload) == (0..<200).map { UInt64(UInt32($0).byteSwapped) })
    #expect(source.rejections.count == 0)
  }

  @Test("is waited for no longer than it is told, with nothing or half a line in it")
  func timesOut() throws {
    let pipe = TestPipe()
    var source = try FileSource("/dev/fd/\(pipe.reader)")
    var batch = FrameBatch()
    #expect(try source.read(into: &batch, waitingMilliseconds: 0) == .open)
    pipe.send("(1735270496.916858) can0 3")
    let start = ContinuousClock.now
    #expect(try source.read(into: &batch, waitingMilliseconds: 30) == .open)
    #expect(ContinuousClock.now - start >= .milliseconds(30))
    #expect(batch.isEmpty)
    pipe.send("51#1F\n")
    #expect(try source.read(into: &batch, waitingMilliseconds: 10_000) == .open)
    #expect(batch.frames.count == 1)
  }

  @Test("may be a FIFO that nobody writes to yet; it ends when its writer does")
  func readsFIFO() throws {
    let fifo = TemporaryFile()
    let status = unsafe mkfifo(fifo.path, 0o600)
    #expect(status == 0)
    var source = try FileSource(fifo.path)
    var batch = FrameBatch()
    #expect(try source.read(into: &batch, waitingMilliseconds: 10) == .open)
    let path = fifo.path
    inBackground {
      let writer = unsafe open(path, O_WRONLY)
      let bytes = Array(logText(3).utf8)
      _ = unsafe write(writer, bytes, bytes.count)
      close(writer)
    }
    #expect(try readAll(&source, waitingMilliseconds: 10_000).state == .ended)
    #expect(source.lineCount == 3)
  }

  @Test("cannot be read twice")
  func cannotRewind() throws {
    let pipe = TestPipe()
    let path = "/dev/fd/\(pipe.reader)"
    var source = try FileSource(path)
    let canRewind = source.canRewind
    #expect(!canRewind)
    #expect(throws: SourceError.cannotRewind(path)) { try source.rewind() }
    #expect(throws: SourceError.cannotRewind(path)) {
      _ = try ReplaySource(path, isLooping: true)
    }
  }

  @Test("is left at once when the stop descriptor becomes readable", .timeLimit(.minutes(3)))
  func stops() throws {
    let pipe = TestPipe()
    let stop = try WakeSignal()
    var source = try FileSource("/dev/fd/\(pipe.reader)", stop: stop.descriptor)
    var batch = FrameBatch()
    inBackground(afterMilliseconds: 50) { stop.raise() }
    #expect(try source.read(into: &batch, waitingMilliseconds: -1) == .stopped)

    pipe.send(logText(1))
    #expect(try source.read(into: &batch, waitingMilliseconds: -1) == .stopped)
    stop.lower()
    #expect(try source.read(into: &batch, waitingMilliseconds: -1) == .open)
    #expect(batch.frames.count == 1)
  }

  @Test("is stopped by a pipe too, when it is written to or its other end is closed")
  func stopsByPipe() throws {
    let pipe = TestPipe()
    let stop = TestPipe()
    var source = try FileSource("/dev/fd/\(pipe.reader)", stop: stop.reader)
    var batch = FrameBatch()
    #expect(try source.read(into: &batch, waitingMilliseconds: 1) == .open)
    stop.send("x")
    #expect(try source.read(into: &batch, waitingMilliseconds: -1) == .stopped)
  }

  @Test("is waited for through signals that mean nothing", .timeLimit(.minutes(3)))
  func survivesSignals() throws {
    signal(SIGUSR2) { _ in }
    // The threads that run tests are deaf to signals.
    var heard = sigset_t()
    unsafe sigemptyset(&heard)
    unsafe sigaddset(&heard, SIGUSR2)
    unsafe pthread_sigmask(SIG_UNBLOCK, &heard, nil)
    defer { unsafe pthread_sigmask(SIG_BLOCK, &heard, nil) }
    let pipe = TestPipe()
    var source = try FileSource("/dev/fd/\(pipe.reader)")
    var batch = FrameBatch()
    let reader = pthread_self()
    let done = DispatchSemaphore(value: 0)
    let start = ContinuousClock.now
    inBackground {
      for _ in 0..<20 {
        usleep(5000)
        pthread_kill(reader, SIGUSR2)
      }
      done.signal()
    }
    #expect(try source.read(into: &batch, waitingMilliseconds: 150) == .open)
    #expect(ContinuousClock.now - start >= .milliseconds(150))
    done.wait()
  }
}
