import Simulation
import Testing

@Suite("Bad profiles and specifications say where and what was expected")
struct BadInputTests {
  @Test(
    "a profile",
    arguments: [
      ("pack: {cels: 8}", "p.yaml:1:8: 'cels' is not known here; did you mean 'cells'?"),
      (
        "pack:\n  cells: 33",
        "p.yaml:2:10: '33': expected a number from 4.0 to 32.0 cells"
      ),
      (
        "settings:\n  CMIN: 3.9",
        "p.yaml:2:3: CMIN (3.9 V) must be below CMAX (3.85 V)"
      ),
      ("settings: {CMAXX: 3}", "p.yaml:1:12: 'CMAXX' is not known here; did you mean 'CMAX'?"),
      ("settings: {TMAX: 99}", "p.yaml:1:18: '99': expected a number from -20.0 to 65.0 degC"),
      (
        "loads:\n  - {name: fridge}", "p.yaml:2:5: a load has either a power in W or a current in A"
      ),
      (
        "starts: 7 o'clock",
        "p.yaml:1:9: expected a time of day such as \"07:30\", in quotes"
      ),
      ("faults: [silense@5s]", "p.yaml:1:10: no fault is named 'silense'; did you mean 'silence'?"),
      ("loads: [", "p.yaml:2:1: "),
      ("", "p.yaml: nothing in it"),
      ("loads: 5", "p.yaml:1:8: expected a list, each item after '- '"),
    ])
  func profile(yaml: String, message: String) throws {
    let error = try #require(throws: ProfileError.self) {
      try Profile(yaml: Array(yaml.utf8), source: "p.yaml")
    }
    #expect(error.description.hasPrefix(message), "it says: \(error)")
  }

  @Test("bytes that are anything but a profile never do worse than that")
  func garbage() {
    var generator = SystemRandomNumberGenerator()
    let pieces = [
      "loads", "pack", ":", " ", "\n", "- ", "{", "}", "[", "]", "&a", "*a", "\u{0}", "\"", "|",
      "1",
      "cells", "\t", "#", "%", "!!", "é",
    ]
    for _ in 0..<2000 {
      let text = (0..<20).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
      _ = try? Profile(yaml: Array(text.utf8), source: "p.yaml")
    }
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 60_000)
    #expect(throws: ProfileError.self) { try Profile(yaml: deep, source: "p.yaml") }
  }

  @Test("every profile of the program is a good one", arguments: ProfileLibrary.names)
  func builtIn(name: String) throws {
    #expect(!(try ProfileLibrary.profile(named: name)).description.isEmpty)
  }

  @Test(
    "a specification",
    arguments: [
      ("rec", "sim:rec: column 5: no battery is named 'rec'; there are rec-q, victron"),
      ("rec-g", "sim:rec-g: column 5: no battery is named 'rec-g'; did you mean 'rec-q'?"),
      (
        "rec-q?cels=8",
        "sim:rec-q?cels=8: column 11: no parameter is named 'cels'; did you mean 'cells'?"
      ),
      ("rec-q?cells=3", "sim:rec-q?cells=3: column 17: cells is '3', expected a number from 4.0"),
      ("rec-q?cells", "sim:rec-q?cells: column 11: 'cells': expected name=value"),
      (
        "rec-q?seed=1&fault=silence@x",
        "sim:rec-q?seed=1&fault=silence@x: column 32: 'x' is no time"
      ),
      (
        "rec-q?CMAX=9",
        "sim:rec-q?CMAX=9: column 16: CMAX is '9', expected a number from 2.0 to 4.3"
      ),
    ])
  func specification(text: String, message: String) throws {
    let error = try #require(throws: SimulationError.self) {
      try SimulationSpecification(parsing: text)
    }
    #expect(error.description.hasPrefix(message), "it says: \(error)")
  }

  @Test("settings that contradict each other are refused where they stand")
  func contradiction() throws {
    let text = "rec-q?CMAX=3.6&CMIN=3.7"
    let specification = try SimulationSpecification(parsing: text)
    let error = try #require(throws: SimulationError.self) {
      try specification.applied(to: Profile(), text: text)
    }
    #expect(
      error.description
        == "sim:\(text): column 20: CMIN (3.7 V) must be below CMAX (3.6 V)")
  }
}
