/// What random numbers are drawn for. Each purpose has counters of its own in the generator of a seed, so that no two
/// purposes of one seed ever read the same numbers.
///
/// The counter of Philox has 128 bits: 56 for the block within a stream, 8 for the domain, 64 for the stream. Within a
/// domain, purposes have ranges of streams of their own. A number here, once released, is part of every stored result.
public enum RandomPurpose: Hashable, Sendable {
    /// Dealing rows to train, validation and test.
    case split
    /// Dealing rows to folds.
    case folds
    /// Choosing rows of a file while it is read.
    case rowSample
    /// Choosing texts of a corpus.
    case corpusSample
    /// The n-th bootstrap resample of the test rows.
    case bootstrap(draw: Int)
    /// The n-th resample in which two contestants exchange predictions.
    case randomization(draw: Int)
    /// The seeds of the n-th bootstrap resample, where a run has several.
    case bootstrapSeeds(draw: Int)
    /// The n-th bootstrap resample of the validation rows, by which a tuned threshold is shown to be stable or not.
    case thresholdBootstrap(draw: Int)
    /// The label that a random dummy draws for a row.
    case dummyRow(Int)
    /// The weights of a pooler that the checkpoint lacks.
    case poolerWeights
    /// The weights of a task's head in fine-tuning.
    case headWeights(task: Int)
    /// The weights of a layer, counted from the lowest one, that fine-tuning draws anew.
    case reinitializedWeights(layer: Int)
    /// The weights of a pooler that fine-tuning draws anew.
    case reinitializedPooler
    /// The first factor of the n-th matrix that low-rank adaptation changes.
    case lowRankFactor(number: Int)
    /// The order of a task's rows in an epoch of fine-tuning.
    case batchOrder(task: Int, epoch: Int)
    /// What a layer drops in fine-tuning: `Dropout` lays out the rest of the counter.
    case dropout
    /// The weights of a linear head on frozen features.
    case denseHeadWeights
    /// The order of rows in an epoch of training such a head.
    case denseHeadOrder(epoch: Int)
    /// Dealing rows to the folds by which thresholds are chosen; those within each fold have a level of their own.
    case thresholdFolds(level: Int)
    /// The order of labels in a classifier chain.
    case chainOrder
    /// The n-th sample of the train rows, by which a learning curve is drawn.
    case trainSample(number: Int)
    /// The order in which pairs of texts are taken for contrastive training.
    case textPairs
    /// Which combinations of settings a search tries.
    case searchTrials
    /// The train rows that a search tries settings on before the best go on to the whole train part.
    case searchRows

    /// Where the domain stands in the counter's second word; the words' other bits count blocks.
    package static let domainShift: UInt32 = 24

    /// The last byte of the counter's half that counts blocks.
    package var domain: UInt8 {
        switch self {
        case .split, .folds, .rowSample, .corpusSample, .bootstrap, .randomization, .bootstrapSeeds: 0
        case .poolerWeights, .headWeights, .reinitializedWeights, .reinitializedPooler, .lowRankFactor: 1
        case .batchOrder: 2
        case .dropout: 3
        case .denseHeadWeights: 4
        case .denseHeadOrder: 5
        case .thresholdBootstrap: 6
        case .dummyRow: 7
        case .thresholdFolds, .chainOrder, .textPairs: 8
        case .trainSample, .searchTrials, .searchRows: 9
        }
    }

    /// The counter's other half.
    package var stream: UInt64 {
        switch self {
        case .split: 0x73_706C_6974  // "split" in ASCII, and so on
        case .folds: 0x66_6F6C_6473
        case .rowSample: 0x726F_7773
        case .corpusSample: 0x7361_6D70_6C65
        case .bootstrap(let draw): RandomPurpose.index(draw)
        case .randomization(let draw): 1 << 32 + RandomPurpose.index(draw)
        case .bootstrapSeeds(let draw): 1 << 33 + RandomPurpose.index(draw)
        case .poolerWeights: 0
        case .headWeights(let task): 1 + RandomPurpose.index(task)
        case .reinitializedWeights(let layer): 1 << 32 + RandomPurpose.index(layer)
        case .reinitializedPooler: 1 << 33
        case .lowRankFactor(let number): 1 << 34 + RandomPurpose.index(number)
        case .batchOrder(let task, let epoch): RandomPurpose.index(epoch) << 32 + RandomPurpose.index(task)
        case .dropout, .denseHeadWeights: 0
        case .denseHeadOrder(let epoch): RandomPurpose.index(epoch)
        case .thresholdBootstrap(let draw): RandomPurpose.index(draw)
        case .dummyRow(let row): RandomPurpose.index(row)
        case .thresholdFolds(let level): RandomPurpose.index(level)
        case .chainOrder: 1 << 32
        case .trainSample(let number): RandomPurpose.index(number)
        case .searchTrials: 1 << 32
        case .searchRows: 1 << 33
        case .textPairs: 0x70_6169_7273  // "pairs" in ASCII
        }
    }

    private static func index(_ number: Int) -> UInt64 {
        precondition((0..<1 << 30).contains(number))
        return UInt64(number)
    }
}
