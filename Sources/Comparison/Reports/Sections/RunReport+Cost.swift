import Results

/// The sections on what a run took, and how to do it again.
extension RunReport {
    /// The ids of all contestants, each once, as the tasks list them.
    private var contestants: [String] {
        var ids: [String] = []
        for id in results.tasks.flatMap(\.contestants).map(\.id) where !ids.contains(id) { ids.append(id) }
        return ids
    }

    /// Which program made which result, where not all were made by the same.
    private var buildsNote: Inline {
        let costs = results.timings.contestants
        let builds = Dictionary(grouping: costs.keys, by: { costs[$0]?.build ?? "an unknown build" })
        if builds.count < 2 { return "" }
        let list: [Inline] = builds.sorted { $0.key < $1.key }.map { build, ids in
            "\(ids.sorted().map(Inline.code).joined(separator: ", ")) by \(code: build)"
        }
        return "Not all results were made by the same build of the program: \(list.joined(separator: "; "))."
    }

    /// What an ensemble's times are of.
    private var ensembleNote: String {
        results.tasks.flatMap(\.contestants).contains { $0.ensembles != nil }
            ? " An ensemble's times are its members' work and the putting together." : ""
    }

    /// What a contestant does besides the work that is kept for it.
    private func ownWork(of id: String, _ kept: KeptWork?) -> String {
        let contestant = results.tasks.flatMap(\.contestants).first { $0.id == id }
        if contestant?.ensembles != nil { return "mean" }
        return switch kept?.name {
        case "encoding": "head"
        case "features": "learner"
        default: "rest"
        }
    }

    private var costTable: Table {
        var table = Table([
            "contestant", .numbers("fit"), .numbers("CPU to fit"), .numbers("predict"), .numbers("texts/s"),
            .numbers("peak memory"), .numbers("fitted parameters"), .numbers("model on disk"),
            "reported by the program",
        ])
        for id in contestants {
            guard let cost = results.timings.contestants[id] else {
                table.add([id] + Array(repeating: Table.none, count: table.columns.count - 1))
                continue
            }
            table.add([
                id,
                Wording.work(cost.fitSeconds, kept: cost.keptForFit, named: ownWork(of: id, cost.keptForFit)),
                cost.wholeCPUSeconds.map(Wording.seconds) ?? Table.none,
                Wording.work(
                    cost.predictSeconds, kept: cost.keptForPrediction,
                    named: ownWork(of: id, cost.keptForPrediction)),
                Wording.rate(cost.textsPerSecond), Wording.bytes(cost.peakMemoryBytes),
                cost.parameters.map(Wording.count) ?? Table.none,
                cost.modelBytes.map(Wording.fileSize) ?? Table.none,
                cost.reported.map(Wording.reported) ?? Table.none,
            ])
        }
        return table.withoutEmptyColumns
    }

    var costSection: Document {
        let machine = results.timings.machine
        let folds = results.tasks.contains { $0.folds != nil }
        let sums =
            (results.hasNamedTasks ? " A contestant's times are the sums over its tasks." : "")
            + (folds
                ? " Times are the sums over its folds; parameters and the model on disk are those of the largest."
                : "")
        let headline: Inline =
            results.tasks.contains { $0.curve != nil }
            ? " They are of the ranking's models; what each sample took is in its own results below \(code: "samples")."
            : ""
        let place: Inline =
            results.timings.items == nil
            ? "Wall-clock time on \(Wording.plural(results.timings.threads, "thread")) of \(described(machine))."
            : "Wall-clock time. Not all items were executed on the same machine and number of threads: see below."
        return Document {
            Block.heading(2, "Cost")
            Block.paragraph(
                """
                \(place) \
                CPU to fit is processor time, summed over threads. Peak memory is that of the whole process, texts included. Fitted parameters are the numbers that training \
                chose: a frozen encoder's own are not among them. Work that was kept from before, such as a frozen \
                encoder's vectors, counts with the time that it took when it was done.\(ensembleNote)\(sums)\(headline)
                """)
            Block.paragraph(buildsNote)
            Block.table(costTable)
            itemBlocks
            if !results.hasNamedTasks { tasks.flatMap { $0.figure($0.figures.costFigure) } }
        }
    }

    private func described(_ machine: Machine) -> String {
        "\(machine.cpu) (\(Wording.plural(machine.cores, "core")), \(Wording.bytes(machine.memoryBytes)) of memory)"
    }

    /// What each work item took and where, if that was not always the same.
    private var itemBlocks: [Block] {
        guard let items = results.timings.items else { return [] }
        let machines = results.timings.machines
        let list = machines.enumerated().map { number, machine in
            "machine \(number + 1) is \(described(machine)), \(machine.system), Swift \(machine.swift), \(machine.blas)"
        }
        let hasReplicates = Set(items.map { "\($0.replicate)" }).count > 1
        var columns: [Table.Column] = ["contestant"]
        if hasReplicates { columns.append("replicate") }
        columns += [.numbers("machine"), .numbers("threads"), .numbers("fit"), .numbers("predict")]
        var table = Table(columns)
        for item in items {
            let own = [item.machine].compactMap(\.self) + (item.otherMachines ?? [])
            let numbers = own.compactMap { machines.firstIndex(of: $0) }.map { "\($0 + 1)" }
            let machine = numbers.isEmpty ? nil : numbers.joined(separator: ", ")
            var row = [item.contestant]
            if hasReplicates { row.append("\(item.replicate)") }
            row += [machine ?? Table.none, item.threads.map { "\($0)" } ?? Table.none]
            table.add(row + [Wording.seconds(item.fitSeconds), Wording.seconds(item.predictSeconds)])
        }
        let sentence = """
            \(Wording.plural(machines.count, "machine")) took part: \(list.joined(separator: "; ")). Times of different \
            machines cannot be compared. Kept work is not in the times of items.
            """
        return [.paragraph(.text(sentence)), .table(table)]
    }

    var reproductionSection: Document {
        let machine = results.timings.machine
        let seeds = results.tasks.first.map { Wording.seeds(results.alone($0)) } ?? ""
        let division: Inline =
            results.tasks.contains { $0.folds != nil }
            ? "\(code: "folds.csv") has the fold of each row, \(code: "folds/") the results of each"
            : results.tasks.contains { $0.curve != nil }
                ? "\(code: "split.csv") has the part of each row, \(code: "samples.csv") the rows of each sample, \(code: "samples/") the results of each"
                : "\(code: "split.csv") has the part of each row"
        return Document {
            Block.heading(2, "How this was made")
            Block.code(oneLine(results.timings.command))
            Block.paragraph(
                """
                Bakeoff \(results.experiment.bakeoffVersion), Swift \(machine.swift), \(machine.blas), \
                \(machine.system); \(results.timings.date); seed \(seeds); experiment file SHA-256 \
                \(code: results.experiment.fileSHA256).
                """)
            Block.paragraph(
                """
                Every number here can be computed again from \(code: "predictions/"): \
                \(code: "bakeoff report --verify") on this folder does it. \(code: "results.json") holds the same numbers \
                for programs. \(division); \(code: "errors.csv") has what every contestant predicted for each test row, for a \
                spreadsheet. A folder made compact (\(code: "compact.json")) has these files compressed, as \
                \(code: ".csv.gz"), or gets them again by \(code: "bakeoff report").
                """)
        }
    }
}
