import ArgumentParser
import Bakeoff

extension MetricName {
    /// The metric that an argument names.
    ///
    /// - Throws: `ValidationError` with all that are known.
    init(argument name: String) throws {
        guard let metric = MetricName(name: name) else {
            let names = MetricName.allCases.map(\.settingName)
            throw ValidationError("no such metric; known are \(names.joined(separator: ", "))")
        }
        self = metric
    }
}
