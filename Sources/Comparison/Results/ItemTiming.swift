/// What executing one work item took, and where.
public struct ItemTiming: Codable, Equatable, Sendable {
    public var contestant: String
    public var replicate: Replicate
    /// Nil where an earlier version executed it, which did not tell.
    public var machine: Machine?
    public var threads: Int?
    /// Where else trials of its search were fitted; nil where there are none.
    public var otherMachines: [Machine]?
    /// Wall-clock seconds, kept work not among them.
    public var fitSeconds: Double
    public var predictSeconds: Double

    private enum CodingKeys: String, CodingKey {
        case contestant, replicate, machine, threads
        case otherMachines = "other_machines"
        case fitSeconds = "fit_seconds"
        case predictSeconds = "predict_seconds"
    }

    public init(contestant: String, replicate: Replicate, _ cost: ContestantCost) {
        (self.contestant, self.replicate) = (contestant, replicate)
        (machine, threads, otherMachines) = (cost.machine, cost.threads, cost.otherMachines)
        (fitSeconds, predictSeconds) = (cost.fitSeconds, cost.predictSeconds)
    }
}

extension Timings {
    /// The machines that items were executed on, each once, as the items list them.
    public var machines: [Machine] {
        var machines: [Machine] = []
        for item in items ?? [] {
            let own = [item.machine].compactMap(\.self) + (item.otherMachines ?? [])
            for machine in own where !machines.contains(machine) { machines.append(machine) }
        }
        return machines
    }

    /// Notes what each item took, where not all were executed on this machine with as many threads; takes the machines out of
    /// the costs, which need no other place then.
    public mutating func note(_ items: [ItemTiming]) {
        let isElsewhere = items.contains {
            ($0.machine ?? machine) != machine || ($0.threads ?? threads) != threads
                || $0.otherMachines != nil
        }
        self.items = isElsewhere ? items : nil
        contestants = contestants.mapValues(\.withoutMachine)
    }
}

extension ContestantCost {
    /// The same, for where the machine is said otherwise or is not one.
    package var withoutMachine: ContestantCost {
        var cost = self
        (cost.machine, cost.threads, cost.otherMachines) = (nil, nil, nil)
        return cost
    }
}
