import Labels
import LinearAlgebra

/// The classes that occur, numbered anew: a softmax is over these alone.
struct PresentClasses {
    let labelSpace: LabelSpace
    /// The labels that occur, ascending.
    let labels: [Int]
    /// The place in `labels` of each row's class. Shape: [N].
    let places: [Int]
    /// Rows of each class that occurs.
    let counts: [Int]

    init(_ classes: [Int], _ labelSpace: LabelSpace) {
        self.labelSpace = labelSpace
        var all = Array(repeating: 0, count: labelSpace.count)
        for label in classes { all[label] += 1 }
        let labels = all.indices.filter { all[$0] > 0 }
        var place = all
        for (new, label) in labels.enumerated() { place[label] = new }
        self.labels = labels
        places = classes.map { place[$0] }
        counts = labels.map { all[$0] }
    }

    /// What a row of each class counts. Shape: [present].
    /// - Parameter own: Weights of labels by their names, 1 for others.
    func weights(_ classWeight: ClassWeight, own: [String: Double]) -> [Double] {
        zip(classWeight.weights(ofCounts: counts), labels).map { $0 * (own[labelSpace.names[$1]] ?? 1) }
    }

    /// The models as one classifier; classes that do not occur have probability 0.
    /// - Parameter parameters: Coefficients and, last, intercept of each present class, row-major: [present, D + 1].
    func classifier(
        _ parameters: [Double], columnCount D: Int, log: [SolverRecord] = []
    ) -> LinearClassifier {
        var coefficients = Matrix<Double>(rowCount: labelSpace.count, columnCount: D)
        var intercepts = Array(repeating: -Double.infinity, count: labelSpace.count)
        for (new, label) in labels.enumerated() {
            let first = new * (D + 1)
            coefficients.values.replaceSubrange(
                label * D..<(label + 1) * D, with: parameters[first..<first + D])
            intercepts[label] = parameters[first + D]
        }
        let absent = labelSpace.names.indices.filter { !labels.contains($0) }.map {
            FitNotice.constantLabel(labelSpace.names[$0], isAlwaysPresent: false)
        }
        return LinearClassifier(
            labelSpace: labelSpace, scheme: .multinomial, coefficients: coefficients,
            intercepts: intercepts, notices: absent + log.notices, log: log)
    }
}
