import Bakeoff
import Foundation

/// Where a run left what it made, for the program that started it.
struct RunPlaces: Encodable {
    /// The absolute path of the folder of the report and all artifacts.
    let output: String
    /// The absolute path of the folder of the fitted models.
    let models: String

    init(_ options: RunOptions) {
        output = options.output.standardizedFileURL.path
        models = options.models.standardizedFileURL.path
    }
}
