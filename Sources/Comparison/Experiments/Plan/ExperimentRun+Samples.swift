import Corpora
import Foundation
import Labels
import Results
import SafeFiles

// Learning curves: replicates are samples of the train part.
extension ExperimentRun {
    /// What stands for the run first, then each other sample. All have the split of the first.
    /// - Parameter storing: Whether a split that is made is stored.
    func stages(_ datasets: [LoadedDataset], on plan: SamplePlan, storing: Bool) throws -> [RunPlan.Stage] {
        if let external = file.contestants.first(where: { $0.model == ExternalContestant.model }) {
            throw ExperimentError.samplesOfExternal(contestant: external.id)
        }
        let wholes = try zip(file.tasks, datasets).map { task, dataset in
            try RunTask(
                task, dataset, replicate: Replicate(seed: seed), options: options, stores: storing, like: nil)
        }
        let rows = try wholes.map { try $0.samples(of: plan, seed: seed) }
        let memory = RunMemory()
        var stages: [RunPlan.Stage] = []
        for sample in [plan.headline] + plan.others.map(Optional.some) {
            guard let sample else {
                let replicate = Replicate(seed: seed)
                stages.append(try stage(replicate, wholes, analysis: file.analysis, options, memory))
                continue
            }
            let replicate = Replicate(seed: seed &+ UInt64(sample.number), sample: sample)
            let isHeadline = sample == plan.headline
            let own = isHeadline ? options : options.at(replicate, firstSeed: seed)
            let tasks = zip(wholes, rows).map { whole, rows in
                RunTask(whole, sample, rows: rows[sample] ?? [], options: own)
            }
            stages.append(
                try stage(
                    replicate, tasks, analysis: isHeadline ? file.analysis : file.analysis.ofSamples, own,
                    memory))
        }
        return stages
    }

    /// The same results with the learning curve of each task, and `samples.csv` of each, stored.
    /// - Parameters:
    ///   - results: Of the first stage.
    ///   - others: Of the other stages.
    func withCurves(
        _ results: ExperimentResults, _ stages: [RunPlan.Stage], _ others: [ExperimentResults],
        _ curve: LearningCurveSetting
    ) throws -> ExperimentResults {
        var results = results
        for index in results.tasks.indices {
            func fitted(_ run: ExperimentResults, _ stage: RunPlan.Stage) throws -> FittedSample {
                let alone = run.alone(run.tasks[index])
                return FittedSample(
                    results: alone,
                    predictions: try StoredPredictions(
                        alone, in: stage.tasks[index].folder, withValidation: false))
            }
            let csv = samplesCSV(stages.map { $0.tasks[index] }, curve.plan)
            try OutputFile.write(csv, to: stages[0].tasks[index].folder.samples)
            results.tasks[index].curve = LearningCurve(
                curve.plan, reach: curve.reach, samplesSHA256: Fingerprint.sha256(of: Array(csv.utf8)),
                headline: try fitted(results, stages[0]),
                others: try zip(others, stages.dropFirst()).map(fitted))
        }
        return results
    }

    /// That no curve of an earlier experiment file stands beside results without one.
    func removeSamples(_ tasks: [RunTask]) throws(FileError) {
        for task in tasks { try PackableFile(task.folder.samples).remove() }
    }
}

extension RunTask {
    /// The rows of each sample, ascending.
    fileprivate func samples(of plan: SamplePlan, seed: UInt64) throws -> [TrainSample: [Int]] {
        let corpus = dataset.corpus
        let targets = corpus.targets.selecting(trainRows)
        var samples: [TrainSample: [Int]] = [:]
        do throws(SampleError) {
            for number in 0..<plan.repeats {
                let drawn = try plan.draw(number, of: targets, labels: corpus.labelSpace, seed: seed)
                for (size, places) in zip(plan.sizes, drawn) {
                    samples[TrainSample(plan.unit, size: size, number: number)] =
                        places.sorted().map { trainRows[$0] }
                }
            }
        } catch {
            throw ExperimentError.noSamples(task: name, error)
        }
        return samples
    }
}

/// The text of `samples.csv`: for each repeat the rows of its samples, with the smallest size that has them.
private func samplesCSV(_ stages: [RunTask], _ plan: SamplePlan) -> String {
    var smallest: [[Int: Int]] = Array(repeating: [:], count: plan.repeats)
    let tasks = stages.compactMap { task in task.sample.map { (sample: $0.sample, rows: task.trainRows) } }
    for task in tasks.sorted(by: { $0.sample.size > $1.sample.size }) {
        for row in task.rows { smallest[task.sample.number][row] = task.sample.size }
    }
    return "repeat,row,size\n"
        + smallest.enumerated().map { number, sizes in
            sizes.sorted { $0.key < $1.key }.map { "\(number),\($0.key),\($0.value)\n" }.joined()
        }.joined()
}
