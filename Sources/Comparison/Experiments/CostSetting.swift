import Foundation
import Labels
import SettingKeys

/// What it costs to predict a label in place of the gold one, as `report: {costs: ...}` says.
///
///     costs: {ham: {spam: 5}, spam: {ham: 1}}   # gold label: {predicted label: cost}
///     costs: [[0, 5], [1, 0]]                   # a row for each gold label, in the order of the labels
///
/// What is right costs 0 unless it is said otherwise; every other pair must be given.
public struct CostSetting: Sendable {
    private let setting: Setting

    package init(_ setting: Setting) {
        self.setting = setting
    }

    /// In one spelling.
    var canonicalText: String { setting.canonicalText }

    func refuseSeveralTasks() throws(SettingsError) {
        throw setting.badValue(expected: "one dataset, whose labels it is about, and no 'tasks'")
    }

    /// Shape: [K][K], a row for each gold label.
    package func matrix(for labelSpace: LabelSpace) throws -> [[Double]] {
        if labelSpace.kind == .multilabel {
            throw setting.badValue(expected: "no costs of confusions, since a row may have several labels")
        }
        if case .list(let rows) = setting.value { return try matrix(rows, labelSpace) }
        return try matrix(setting.mappingWithAnyKeys().entries, labelSpace)
    }

    private func matrix(_ rows: [Setting], _ labelSpace: LabelSpace) throws -> [[Double]] {
        let K = labelSpace.count
        guard rows.count == K else {
            throw setting.badValue(expected: "\(K) rows, one for each of \(list(labelSpace))")
        }
        return try rows.map { row in
            let cells = try row.list()
            guard cells.count == K else {
                throw row.badValue(expected: "\(K) costs, one for each of \(list(labelSpace))")
            }
            return try cells.map { try $0.double() }
        }
    }

    private func matrix(
        _ rows: [(key: String, value: Setting)], _ labelSpace: LabelSpace
    ) throws -> [[Double]] {
        let K = labelSpace.count
        let reader = LabelReader(labelSpace.names)
        func label(_ name: String, _ place: Setting) throws -> Int {
            guard let label = reader.index(of: name) else {
                throw place.badValue(expected: "labels of the dataset as keys: \(list(labelSpace))")
            }
            return label
        }
        var costs = [[Double?]](repeating: Array(repeating: nil, count: K), count: K)
        for label in 0..<K { costs[label][label] = 0 }
        for (name, row) in rows {
            let gold = try label(name, row)
            for (name, cost) in try row.mappingWithAnyKeys().entries {
                let predicted = try label(name, cost)
                costs[gold][predicted] = try cost.double()
            }
        }
        for gold in 0..<K {
            for predicted in 0..<K where costs[gold][predicted] == nil {
                throw setting.badValue(
                    expected:
                        "a cost for '\(labelSpace.names[predicted])' where '\(labelSpace.names[gold])' is gold"
                )
            }
        }
        return costs.map { $0.map { $0 ?? 0 } }
    }

    private func list(_ labelSpace: LabelSpace) -> String {
        labelSpace.names.prefix(12).joined(separator: ", ") + (labelSpace.count > 12 ? ", ..." : "")
    }
}
