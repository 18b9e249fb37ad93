import Yams

extension Profile {
  /// No profile is longer than this, in bytes.
  package static let longest = 65_536

  /// Reads a profile from its YAML.
  ///
  /// - Parameters:
  ///   - yaml: UTF-8, at most ``longest`` bytes.
  ///   - source: What it is called in messages.
  /// - Throws: What is wrong, with line and column.
  package init(yaml: [UInt8], source: String) throws(ProfileError) {
    self.init()
    guard yaml.count <= Self.longest else {
      throw ProfileError(
        source: source, line: 0, column: 0, text: "longer than \(Self.longest) bytes; no profile")
    }
    // The composer calls itself for each level, so depth is bounded before it begins.
    let openings = yaml.filter { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }.count
    guard openings <= 500 else {
      throw ProfileError(
        source: source, line: 0, column: 0, text: "more than 500 brackets; no profile")
    }
    let root = ProfileNode(node: try Self.compose(yaml, source), source: source)
    let sections = [
      "description", "starts", "pack", "settings", "ambient", "loads", "chargers", "faults",
    ]
    for (name, value) in try root.entries(sections) {
      switch name {
      case "description": description = try value.text()
      case "starts": start = try value.timeOfDay()
      case "pack": try readPack(value)
      case "settings": try readSettings(value)
      case "ambient": try readAmbient(value)
      case "loads":
        for node in try value.list() { loads.append(try Load(node)) }
      case "chargers":
        for node in try value.list() { chargers.append(try Charger(node)) }
      default:
        for node in try value.list() { faults.append(try Self.fault(node)) }
      }
    }
    try checkSettings(root)
  }

  private static func compose(_ yaml: [UInt8], _ source: String) throws(ProfileError) -> Node {
    do {
      guard let node = try Yams.compose(yaml: String(decoding: yaml, as: UTF8.self)) else {
        throw ProfileError(source: source, line: 0, column: 0, text: "nothing in it")
      }
      return node
    } catch let error as ProfileError {
      throw error
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw ProfileError(source: source, line: mark.line, column: mark.column, text: problem)
      default: throw ProfileError(source: source, line: 0, column: 0, text: "not YAML")
      }
    } catch {
      throw ProfileError(source: source, line: 0, column: 0, text: "not YAML")
    }
  }

  private mutating func readPack(_ node: ProfileNode) throws(ProfileError) {
    let known = [
      "chemistry", "cells", "capacity", "state_of_charge", "state_of_health", "capacity_spread",
      "resistance_spread", "charge_spread",
    ]
    for (name, value) in try node.entries(known) {
      switch name {
      case "chemistry": pack.chemistry = try value.choice(Chemistry.self)
      case "cells": pack.cellCount = Int(try value.number(4...32, unit: "cells"))
      case "capacity": pack.capacity = try value.number(1...5000, unit: "Ah")
      case "state_of_charge": pack.stateOfCharge = try value.number(0...100, unit: "%")
      case "state_of_health": pack.stateOfHealth = try value.number(50...100, unit: "%")
      case "capacity_spread": pack.capacitySpread = try value.number(0...0.1, unit: "")
      case "resistance_spread": pack.resistanceSpread = try value.number(0...0.5, unit: "")
      default: pack.chargeSpread = try value.number(0...0.1, unit: "")
      }
    }
  }

  private mutating func readSettings(_ node: ProfileNode) throws(ProfileError) {
    for (name, value) in try node.entries(BMSSetting.allCases.map(\.name), foldingCase: true) {
      guard let setting = BMSSetting(named: name) else { continue }
      settings[setting] = try value.number(setting.range, unit: setting.unit)
    }
  }

  /// Says where two settings contradict each other.
  private func checkSettings(_ root: ProfileNode) throws(ProfileError) {
    guard let contradiction = bmsSettings.contradictions.first else { return }
    let section = root.node.mapping?["settings"]
    let place = section?.mapping?.first {
      BMSSetting(named: $0.key.string ?? "") == contradiction.setting
    }
    let node = place?.key ?? section ?? root.node
    throw ProfileNode(node: node, source: root.source).error(contradiction.text)
  }

  private mutating func readAmbient(_ node: ProfileNode) throws(ProfileError) {
    for (name, value) in try node.entries(["mean", "swing", "warmest"]) {
      switch name {
      case "mean": ambient.mean = try value.number(-50...80, unit: "degC")
      case "swing": ambient.swing = try value.number(0...40, unit: "K")
      default: ambient.warmest = try value.timeOfDay()
      }
    }
  }

  private static func fault(_ node: ProfileNode) throws(ProfileError) -> Fault {
    let text = try node.text()
    do throws(FaultTextError) {
      return try Fault(parsing: text)
    } catch {
      var place = node.error(error.description)
      place.column += error.column - 1
      throw place
    }
  }
}
