/// The gradients of a model's trained parameters, with the moments of the optimizer, in the order of `visit`.
final class Gradients {
    var tensors: [TrainedTensor] = []
    var tables: [TrainedTable] = []
    /// What changes matrices by products of low rank, whose factors are the last of `tensors`.
    var adapters: [LowRankAdapter] = []

    /// Forgets the gradients of a step.
    func clear() {
        for tensor in tensors { tensor.hasGradient = false }
        for table in tables { table.clearGradient() }
    }
}
