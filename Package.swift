// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let serviceLifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let nio: [Target.Dependency] = [
  .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
  .product(name: "NIOWebSocket", package: "swift-nio"),
  .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

let package = Package(
  name: "busbar",
  products: [
    .executable(name: "busbar", targets: ["busbar"]),
    .library(name: "CANFrames", targets: ["CANFrames"]),
    .library(name: "DBC", targets: ["DBC"]),
    .library(name: "BatteryModel", targets: ["BatteryModel"]),
    .library(name: "BMSDialects", targets: ["BMSDialects"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .target(name: "CANFrames", swiftSettings: settings),
    .target(name: "CSocketCAN"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(
      name: "CANInterfaces", dependencies: ["CANFrames", "CSocketCAN", "CZlib", "CZstd"],
      swiftSettings: settings),
    .target(name: "Hashing", swiftSettings: settings),
    .target(
      name: "FrameStore", dependencies: ["CANFrames", "CZstd", "Hashing", grdb],
      swiftSettings: settings),
    .target(name: "DBC", dependencies: ["CANFrames"], swiftSettings: settings),
    .target(name: "BatteryModel", swiftSettings: settings),
    .target(name: "CEmbeddedFiles"),
    .target(
      name: "BMSDialects", dependencies: ["CANFrames", "DBC", "BatteryModel", "CEmbeddedFiles"],
      exclude: ["Dialects"], swiftSettings: settings),
    .target(
      name: "History",
      dependencies: ["CANFrames", "DBC", "FrameStore", "BMSDialects", "BatteryModel"],
      swiftSettings: settings),
    .target(
      name: "Publishers",
      dependencies: ["BatteryModel", "Hashing", logging, serviceLifecycle] + nio,
      swiftSettings: settings),
    .target(
      name: "Simulation",
      dependencies: [
        "CANFrames", "DBC", "BatteryModel", "BMSDialects", "CEmbeddedFiles",
        .product(name: "Yams", package: "Yams"),
      ],
      exclude: ["Profiles/BuiltIn"], swiftSettings: settings),
    .target(
      name: "CANTransmitter", dependencies: ["CANFrames", "CSocketCAN"], swiftSettings: settings),
    .target(
      name: "BusbarApp",
      dependencies: [
        "CANFrames", "CSocketCAN", "CANInterfaces", "FrameStore", "History", "DBC", "BatteryModel",
        "BMSDialects", "Publishers", "Simulation", logging, serviceLifecycle, yams,
      ] + nio,
      swiftSettings: settings),
    .executableTarget(
      name: "busbar",
      dependencies: [
        "BusbarApp", "BMSDialects", "BatteryModel", "CANInterfaces", "CANTransmitter", "FrameStore",
        "History", "Publishers", "Simulation", argumentParser, logging, serviceLifecycle,
      ],
      swiftSettings: settings),
    .target(
      name: "BusbarTestSupport",
      dependencies: ["BatteryModel", "CANFrames", "CMalloc", logging] + nio,
      path: "Tests/BusbarTestSupport", swiftSettings: settings),
    .systemLibrary(name: "CMalloc", path: "Tests/CMalloc"),
    .executableTarget(
      name: "signalk-stand-in", dependencies: ["BusbarTestSupport"], path: "Tests/SignalKStandIn",
      swiftSettings: settings),
    .executableTarget(
      name: "signalk-soak",
      dependencies: ["BatteryModel", "BusbarTestSupport", "Publishers", logging],
      path: "Tests/SignalKSoak", swiftSettings: settings),

    .testTarget(
      name: "ArchitectureTests", path: "Tests/ArchitectureTests", swiftSettings: settings),
    .testTarget(
      name: "CANFramesTests", dependencies: ["CANFrames", "BusbarTestSupport"],
      exclude: ["binary_formats.py", "log_formats.py"],
      swiftSettings: settings),
    .testTarget(
      name: "CANInterfacesTests",
      dependencies: ["CANFrames", "CANInterfaces", "BusbarTestSupport"],
      swiftSettings: settings),
    .testTarget(name: "HashingTests", dependencies: ["Hashing"], swiftSettings: settings),
    .testTarget(
      name: "FrameStoreTests",
      dependencies: ["CANFrames", "FrameStore", "BusbarTestSupport", grdb],
      swiftSettings: settings),
    .testTarget(
      name: "HistoryTests",
      dependencies: [
        "CANFrames", "FrameStore", "History", "BatteryModel", "BMSDialects", "BusbarTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "DBCTests", dependencies: ["CANFrames", "DBC", "BusbarTestSupport"],
      exclude: ["differential.py"], swiftSettings: settings),
    .testTarget(name: "BatteryModelTests", dependencies: ["BatteryModel"], swiftSettings: settings),
    .testTarget(
      name: "BMSDialectsTests",
      dependencies: ["CANFrames", "DBC", "BatteryModel", "BMSDialects", "BusbarTestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: settings),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["CANFrames", "DBC", "BatteryModel", "BMSDialects", "Simulation"],
      exclude: ["compare.py"], swiftSettings: settings),
    .testTarget(
      name: "PublishersTests",
      dependencies: [
        "BatteryModel", "Publishers", "BusbarTestSupport", "signalk-stand-in", "signalk-soak",
        logging, serviceLifecycle,
      ] + nio,
      swiftSettings: settings),
    .testTarget(
      name: "BusbarAppTests",
      dependencies: [
        "CANFrames", "CANInterfaces", "DBC", "BatteryModel", "BMSDialects", "BusbarApp",
        "Publishers", "BusbarTestSupport", logging,
      ] + nio,
      exclude: ["Monitor/Screens"], swiftSettings: settings),
    .testTarget(
      name: "CommandTests", dependencies: ["busbar", "BusbarTestSupport"], swiftSettings: settings),
  ],
  cLanguageStandard: .gnu2x
)

// Fuzz targets are built only for `Fuzz/run`, and then nothing else that has a main function: every
// file in Fuzz/Targets is one, and says here what it imports.
if Context.environment["BUSBAR_FUZZ"] != nil {
  let dependencies: [String: [Target.Dependency]] = [
    "Adapter": ["CANInterfaces"],
    "BLF": ["CANFrames"],
    "Block": ["CANFrames", "FrameStore"],
    "Candump": ["CANFrames"],
    "Cannelloni": ["CANInterfaces"],
    "CompressedLog": ["CANInterfaces"],
    "Configuration": ["BusbarApp"],
    "DBC": ["BMSDialects", "CANFrames", "DBC"],
    "DNS": ["Publishers"],
    "Decoding": ["BMSDialects", "CANFrames"],
    "Dialect": ["BMSDialects", "DBC"],
    "Log": ["CANFrames"],
    "Monitor": ["BusbarApp", "CANFrames", "CANInterfaces"],
    "Pcap": ["CANFrames"],
    "Pcapng": ["CANFrames"],
    "Profile": ["Simulation"],
    "SignalKServer": ["Publishers"],
    "SimulationWord": ["Simulation"],
    "SourceWord": ["CANInterfaces"],
  ]
  package.products = []
  package.targets.removeAll {
    ["busbar", "signalk-stand-in", "signalk-soak"].contains($0.name) || $0.type == .test
  }
  package.targets.append(
    .target(
      name: "FuzzSupport", dependencies: ["CANFrames", "CANInterfaces"], path: "Fuzz/Support"))
  for (name, imports) in dependencies {
    package.targets.append(
      .executableTarget(
        name: "Fuzz\(name)", dependencies: ["FuzzSupport"] + imports, path: "Fuzz/Targets",
        exclude: dependencies.keys.filter { $0 != name }.map { "\($0).swift" },
        sources: ["\(name).swift"],
        // libFuzzer has the main function.
        swiftSettings: [.swiftLanguageMode(.v5), .unsafeFlags(["-parse-as-library"])]))
  }
}
