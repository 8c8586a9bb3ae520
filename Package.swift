// swift-tools-version: 6.1
import PackageDescription

// The floors and who may import whom: see ARCHITECTURE.md. Arrows run one way, downwards.

/// A target of a floor: its sources lie in Sources/FLOOR/NAME.
func room(
    _ floor: String, _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(floor)/\(name)", exclude: exclude)
}

/// What `import Bakeoff` brings.
///
/// Whoever imports it depends on its parts too: when only a part's layout changes, the umbrella's own module file does
/// not, and nothing else would have its importers compiled again.
let parts: [Target.Dependency] = [
    "Labels", "DeterministicWork", "SafeFiles", "SettingKeys", "Tables", "Corpora", "Recipes",
    "Lexicons", "LinearAlgebra", "TextTokenizers", "Features", "Learners", "TextClassifiers", "Encoders",
    "Evaluation", "Results", "Experiments", "Reports", "Classes", "LivePages", "Probes",
]

let package = Package(
    name: "bakeoff",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "bakeoff", targets: ["BakeoffCommand"]),
        .library(name: "Bakeoff", targets: ["Bakeoff"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // All that a user imports, and the program.
        .target(name: "Bakeoff", dependencies: parts),
        .executableTarget(
            name: "BakeoffCommand",
            dependencies: parts + [
                "CStart", "Bakeoff",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // Comparison: the run itself, what it leaves behind, the report, a class's use of them, behaviour checks, and the page
        // in the browser.
        room(
            "Comparison", "Classes",
            [
                "Labels", "DeterministicWork", "SafeFiles", "SettingKeys", "Tables", "Corpora", "Evaluation",
                "Results", "Experiments", "Reports",
            ]),
        room(
            "Comparison", "Probes",
            ["Labels", "SettingKeys", "Corpora", "Evaluation", "Results", "Experiments", "Reports"]),
        room(
            "Comparison", "Experiments",
            [
                "Labels", "DeterministicWork", "SafeFiles", "SettingKeys", "Tables", "Corpora", "Recipes",
                "Lexicons", "LinearAlgebra", "TensorFiles", "TextTokenizers", "Features", "Learners",
                "TextClassifiers", "Encoders", "Evaluation", "Results", "CSpawn",
            ]),
        room(
            "Comparison", "LivePages",
            [
                "Labels", "SettingKeys", "SafeFiles", "Recipes", "Lexicons", "TextClassifiers", "Results",
                "Experiments", "Probes", "FlyingFox", .product(name: "FlyingSocks", package: "FlyingFox"),
            ], exclude: ["Page"]),
        room(
            "Comparison", "Reports",
            ["Labels", "SafeFiles", "SettingKeys", "Corpora", "Evaluation", "Results"]),
        room(
            "Comparison", "Results",
            ["Labels", "SafeFiles", "SettingKeys", "Tables", "Corpora", "Evaluation"]),

        // Models: none knows another family's, and none knows a corpus.
        room(
            "Models", "TextClassifiers",
            [
                "Labels", "DeterministicWork", "SafeFiles", "SettingKeys", "LinearAlgebra", "TensorFiles",
                "TextTokenizers", "Lexicons", "Features", "Learners", "Encoders", "Evaluation",
            ]),
        room("Models", "Features", ["COpenBLAS", "DeterministicWork", "LinearAlgebra", "TextTokenizers"]),
        room(
            "Models", "Learners",
            [
                "Labels", "DeterministicWork", "SafeFiles", "COpenBLAS", "CKernels", "LinearAlgebra",
                "TensorFiles", "Evaluation",
            ]),
        room("Models", "Lexicons", ["DeterministicWork", "SafeFiles"]),
        room(
            "Models", "Encoders",
            [
                "Labels", "DeterministicWork", "SafeFiles", "SettingKeys", "LinearAlgebra", "TensorFiles",
                "TextTokenizers",
            ]),
        room("Models", "TextTokenizers", ["DeterministicWork"]),
        room("Models", "TensorFiles", ["DeterministicWork", "LinearAlgebra"]),
        room("Models", "LinearAlgebra", ["COpenBLAS", "CKernels", "DeterministicWork"]),
        room("Models", "CKernels"),

        // Measures: scores and what they are worth.
        room("Measures", "Evaluation", ["Labels", "DeterministicWork"]),

        // Data: from files to texts with labels; nothing of models.
        room(
            "Data", "Recipes",
            [
                "CBundle", "CLibcurl", "SafeFiles", "SettingKeys", "Tables",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        // The files of datasets/, experiments/ and the page in the browser, which the program carries.
        .target(name: "CBundle", path: "Sources/Data/CBundle", cSettings: [.headerSearchPath("../../..")]),
        room("Data", "Corpora", ["Labels", "DeterministicWork", "SafeFiles", "SettingKeys", "Tables"]),
        room("Data", "Tables", ["SafeFiles", "SettingKeys"]),

        // Base: words, work, files and settings that every floor above shares; system libraries.
        room("Base", "Labels"),
        room("Base", "DeterministicWork", ["CPause"]),
        room(
            "Base", "SafeFiles",
            ["CArchive", "CCompression", .product(name: "Crypto", package: "swift-crypto")]),
        room("Base", "SettingKeys", ["Yams"]),
        room("Base", "CStart"),
        room("Base", "CSpawn"),
        .systemLibrary(
            name: "COpenBLAS", path: "Sources/Base/COpenBLAS", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev", "liblapacke-dev"]), .brew(["openblas"])]),
        .systemLibrary(
            name: "CArchive", path: "Sources/Base/CArchive", pkgConfig: "libarchive",
            providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
        .systemLibrary(
            name: "CCompression", path: "Sources/Base/CCompression", pkgConfig: "zlib snappy libzstd",
            providers: [
                .apt(["zlib1g-dev", "libsnappy-dev", "libzstd-dev"]), .brew(["zlib", "snappy", "zstd"]),
            ]),
        .systemLibrary(name: "CPause", path: "Sources/Base/CPause"),
        .systemLibrary(
            name: "CLibcurl", path: "Sources/Base/CLibcurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),

        // What a user writes: the README's snippet and the tutorials.
        .testTarget(name: "BakeoffTests", dependencies: parts + ["Bakeoff"]),
        // Tests: one target a module; they use public and package API, so a release build serves both.
        .testTarget(name: "LabelsTests", dependencies: ["Labels"]),
        .testTarget(name: "DeterministicWorkTests", dependencies: ["DeterministicWork"]),
        .testTarget(name: "SafeFilesTests", dependencies: ["SafeFiles", "TestSupport"]),
        .testTarget(name: "SettingKeysTests", dependencies: ["SettingKeys", "TestSupport"]),
        .testTarget(
            name: "CorporaTests",
            dependencies: [
                "Corpora", "Tables", "Recipes", "DeterministicWork", "Labels", "SafeFiles", "SettingKeys",
                "TestSupport",
            ]),
        .testTarget(
            name: "RecipesTests",
            dependencies: ["Recipes", "SafeFiles", "SettingKeys", "TestServer", "TestSupport"]),
        .testTarget(name: "LexiconsTests", dependencies: ["Lexicons", "DeterministicWork", "TestSupport"]),
        .testTarget(
            name: "LinearAlgebraTests",
            dependencies: ["LinearAlgebra", "CKernels", "DeterministicWork", "TestSupport"]),
        .testTarget(
            name: "TensorFilesTests",
            dependencies: ["TensorFiles", "LinearAlgebra", "DeterministicWork", "TestSupport"]),
        .testTarget(
            name: "TextTokenizersTests", dependencies: ["TextTokenizers", "DeterministicWork", "TestSupport"]),
        .testTarget(
            name: "LearnersTests",
            dependencies: [
                "Learners", "Features", "TextClassifiers", "TextTokenizers", "Evaluation", "Labels",
                "LinearAlgebra", "TensorFiles", "DeterministicWork", "TestSupport",
            ]),
        .testTarget(
            name: "TextClassifiersTests",
            dependencies: [
                "TextClassifiers", "TextTokenizers", "Features", "Learners", "LinearAlgebra", "Evaluation",
                "Labels", "TestSupport",
            ],
            exclude: ["Saved"]),
        .testTarget(
            name: "EncodersTests",
            dependencies: [
                "Encoders", "Labels", "SafeFiles", "LinearAlgebra", "TensorFiles", "DeterministicWork",
                "TestSupport",
            ]),
        .testTarget(
            name: "EvaluationTests",
            dependencies: ["Evaluation", "Labels", "DeterministicWork", "TestSupport"]),
        .testTarget(
            name: "ResultsTests",
            dependencies: [
                "Results", "Corpora", "Tables", "Evaluation", "Labels", "DeterministicWork", "SafeFiles",
                "SettingKeys", "TestSupport",
            ]),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "Reports", "Results", "Evaluation", "Corpora", "Tables", "Labels", "SafeFiles",
                "DeterministicWork", "TestSupport",
            ],
            exclude: ["Snapshots", "PageChecks.js"]),
        .testTarget(
            name: "ExperimentsTests",
            dependencies: [
                "Experiments", "Results", "Evaluation", "Recipes", "Corpora", "Encoders", "Features",
                "Learners",
                "Lexicons", "Tables", "TextClassifiers", "TextTokenizers", "Labels", "SafeFiles",
                "SettingKeys",
                "TensorFiles", "TestServer", "TestSupport",
            ]),
        .testTarget(
            name: "ClassesTests",
            dependencies: [
                "Classes", "Results", "Experiments", "Evaluation", "Corpora", "Labels", "SafeFiles",
                "SettingKeys",
                "Tables", "DeterministicWork", "TestSupport",
            ]),
        .testTarget(
            name: "LivePagesTests",
            dependencies: [
                "LivePages", "Experiments", "Results", "Labels", "FlyingFox", "TestSupport",
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ]),
        .testTarget(
            name: "ProbesTests",
            dependencies: ["Probes", "Evaluation", "DeterministicWork"]),
        .testTarget(name: "CommandLineTests", dependencies: ["BakeoffCommand"]),
        // A server on loopback, for tests of what fetches.
        .target(name: "TestServer", dependencies: ["FlyingFox"], path: "Tests/TestServer"),
        // What test targets share: matrices with their naive twins, golden files, temporary folders.
        .target(
            name: "TestSupport", dependencies: ["LinearAlgebra", "DeterministicWork", "SettingKeys"],
            path: "Tests/TestSupport"),
        // Readers under attack; see scripts/fuzz.sh.
        .executableTarget(name: "Fuzz", dependencies: parts + ["Bakeoff"], path: "Tests/Fuzz"),
    ],
    swiftLanguageModes: [.v6]
)
