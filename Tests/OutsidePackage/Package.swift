// swift-tools-version: 6.1
import PackageDescription

// A package of somebody else's, which knows of Bakeoff what `import Bakeoff` brings: scripts/outside.sh builds and runs it.
let package = Package(
    name: "outside",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "bakeoff", path: "../..")],
    targets: [
        .executableTarget(name: "Outside", dependencies: [.product(name: "Bakeoff", package: "bakeoff")])
    ],
    swiftLanguageModes: [.v6]
)
