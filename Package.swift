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
let serviceLifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nio: [Target.Dependency] = [
  .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
  .product(name: "NIOWebSocket", package: "swift-nio"),
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
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(name: "CANFrames", swiftSettings: settings),
    .target(name: "CSocketCAN"),
    .target(
      name: "CANInterfaces", dependencies: ["CANFrames", "CSocketCAN"], swiftSettings: settings),
    .target(name: "DBC", dependencies: ["CANFrames"], swiftSettings: settings),
    .target(name: "BatteryModel", swiftSettings: settings),
    .target(name: "CDialectFiles"),
    .target(
      name: "BMSDialects", dependencies: ["CANFrames", "DBC", "BatteryModel", "CDialectFiles"],
      exclude: ["Dialects"], swiftSettings: settings),
    .target(
      name: "Publishers", dependencies: ["BatteryModel", logging, serviceLifecycle] + nio,
      swiftSettings: settings),
    .target(name: "CProfileFiles"),
    .target(
      name: "Simulation",
      dependencies: [
        "CANFrames", "DBC", "BatteryModel", "BMSDialects", "CProfileFiles",
        .product(name: "Yams", package: "Yams"),
      ],
      exclude: ["Profiles/BuiltIn"], swiftSettings: settings),
    .target(
      name: "CANTransmitter", dependencies: ["CANFrames", "CSocketCAN"], swiftSettings: settings),
    .target(
      name: "BusbarApp",
      dependencies: [
        "CANFrames", "CANInterfaces", "DBC", "BatteryModel", "BMSDialects", "Publishers",
        "Simulation", logging, serviceLifecycle,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "busbar",
      dependencies: [
        "BusbarApp", "BMSDialects", "CANInterfaces", "CANTransmitter", "Publishers", "Simulation",
        argumentParser, logging, serviceLifecycle,
      ],
      swiftSettings: settings),
    .target(
      name: "BusbarTestSupport", dependencies: ["BatteryModel"] + nio,
      path: "Tests/BusbarTestSupport", swiftSettings: settings),

    .testTarget(
      name: "ArchitectureTests", path: "Tests/ArchitectureTests", swiftSettings: settings),
    .testTarget(name: "CANFramesTests", dependencies: ["CANFrames"], swiftSettings: settings),
    .testTarget(
      name: "CANInterfacesTests", dependencies: ["CANFrames", "CANInterfaces"],
      swiftSettings: settings),
    .testTarget(
      name: "DBCTests", dependencies: ["CANFrames", "DBC"], exclude: ["differential.py"],
      swiftSettings: settings),
    .testTarget(name: "BatteryModelTests", dependencies: ["BatteryModel"], swiftSettings: settings),
    .testTarget(
      name: "BMSDialectsTests", dependencies: ["CANFrames", "DBC", "BatteryModel", "BMSDialects"],
      resources: [.copy("Fixtures")], swiftSettings: settings),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["CANFrames", "DBC", "BatteryModel", "BMSDialects", "Simulation"],
      exclude: ["compare.py"], swiftSettings: settings),
    .testTarget(
      name: "PublishersTests",
      dependencies: ["BatteryModel", "Publishers", "BusbarTestSupport", logging, serviceLifecycle]
        + nio,
      swiftSettings: settings),
    .testTarget(
      name: "BusbarAppTests",
      dependencies: [
        "CANFrames", "CANInterfaces", "DBC", "BatteryModel", "BMSDialects", "BusbarApp",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests", dependencies: ["busbar", "BusbarTestSupport"], swiftSettings: settings),
  ],
  cLanguageStandard: .gnu2x
)
