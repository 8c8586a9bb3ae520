import Foundation

/// The files of a class, below the folder that is named when it is made.
package struct ClassLayout: Sendable {
    package let url: URL

    package init(_ url: URL) {
        self.url = url
    }

    /// What students get.
    package var students: URL { url.appendingPathComponent("students") }
    package var secret: SecretLayout { SecretLayout(url.appendingPathComponent("secret")) }

    // What stands in the students' folder.
    package static let trainName = "train.csv"
    package static let validationName = "validation.csv"
    package static let testName = "test.csv"
    package static let experimentName = "experiment.yaml"
    package static let instructionsName = "README.md"
    package static let exampleName = "example-entry.csv"
    package static let exampleClaimName = "example-entry.yaml"
}

/// The files of a class's secret.
package struct SecretLayout: Sendable {
    package let url: URL

    package init(_ url: URL) {
        self.url = url
    }

    /// What the class is; written last, so that it says that everything else is there.
    package var record: URL { url.appendingPathComponent("class.json") }
    package var key: URL { url.appendingPathComponent("key") }
    /// The test rows, with their labels.
    package var gold: URL { url.appendingPathComponent("gold.csv") }
    /// Which row of the dataset each new id is.
    package var mapping: URL { url.appendingPathComponent("mapping.csv") }
    package var rubric: URL { url.appendingPathComponent("rubric.yaml") }
    package var pseudonyms: URL { url.appendingPathComponent("pseudonyms.csv") }
    package func baseline(_ id: String) -> URL { url.appendingPathComponent("baselines/\(id).csv") }

    /// The run of the experiment, with its report and its models.
    package var run: URL { url.appendingPathComponent("run") }
    package var models: URL { url.appendingPathComponent("models") }
}
