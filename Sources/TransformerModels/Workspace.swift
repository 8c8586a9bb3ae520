import Synchronization
import Tensors

/// The buffers of a forward pass over one block of sequences; used by one thread at a time, and used again.
package final class Workspace: Sendable {
    /// The most tokens of a block.
    package let tokens: Int
    /// The most tokens of a sequence.
    package let longest: Int
    /// Whether products share their panels among threads, because there is no other block to work on.
    package let parallel: Bool

    private let hidden: Int
    private let innerWidth: Int
    private let hiddenStride: Int
    private let innerStride: Int
    /// Shape of these: [tokens, H].
    private let xBuffer, firstBuffer, yBuffer, qBuffer, kBuffer, vBuffer, contextBuffer: FloatBuffer
    /// Shape: [tokens, I].
    private let innerBuffer: FloatBuffer
    /// Shape: [longest, longest].
    private let scoreBuffer: FloatBuffer
    /// A head's keys, transposed. Shape: [D, 32].
    package let keyPanels: FloatBuffer

    package init(_ configuration: BertConfiguration, tokens: Int, longest: Int, parallel: Bool) {
        self.tokens = tokens
        self.longest = longest
        self.parallel = parallel
        hidden = configuration.hidden
        innerWidth = configuration.inner
        hiddenStride = FloatRows.stride(columns: hidden)
        innerStride = FloatRows.stride(columns: innerWidth)
        let size = tokens * hiddenStride
        xBuffer = FloatBuffer(count: size)
        firstBuffer = FloatBuffer(count: size)
        yBuffer = FloatBuffer(count: size)
        qBuffer = FloatBuffer(count: size)
        kBuffer = FloatBuffer(count: size)
        vBuffer = FloatBuffer(count: size)
        contextBuffer = FloatBuffer(count: size)
        innerBuffer = FloatBuffer(count: tokens * innerStride)
        scoreBuffer = FloatBuffer(count: longest * FloatRows.stride(columns: longest))
        keyPanels = FloatBuffer(count: PanelMatrix.panel * configuration.headWidth)
    }

    private func wide(_ buffer: FloatBuffer, _ rows: Int) -> FloatRows {
        precondition(rows <= tokens)
        return FloatRows(buffer.pointer, rows: rows, columns: hidden, stride: hiddenStride)
    }

    /// The layers' input and output. Shape: [rows, H].
    package func x(rows: Int) -> FloatRows { wide(xBuffer, rows) }
    /// The first token of each sequence. Shape: [rows, H].
    package func first(rows: Int) -> FloatRows { wide(firstBuffer, rows) }
    /// What a part of a layer adds to its input. Shape: [rows, H].
    package func y(rows: Int) -> FloatRows { wide(yBuffer, rows) }
    /// Queries, keys and values. Shape: [rows, H].
    package func q(rows: Int) -> FloatRows { wide(qBuffer, rows) }
    package func k(rows: Int) -> FloatRows { wide(kBuffer, rows) }
    package func v(rows: Int) -> FloatRows { wide(vBuffer, rows) }
    /// What attention found, of all heads side by side. Shape: [rows, H].
    package func context(rows: Int) -> FloatRows { wide(contextBuffer, rows) }

    /// Between the two products of a feed-forward layer. Shape: [rows, I].
    package func inner(rows: Int) -> FloatRows {
        precondition(rows <= tokens)
        return FloatRows(innerBuffer.pointer, rows: rows, columns: innerWidth, stride: innerStride)
    }

    /// One head's attention in one sequence. Shape: [rows, columns].
    package func scores(rows: Int, columns: Int) -> FloatRows {
        precondition(rows <= longest && columns <= longest)
        return FloatRows(
            scoreBuffer.pointer, rows: rows, columns: columns, stride: FloatRows.stride(columns: columns))
    }
}

/// Workspaces that wait to be used again.
package final class WorkspacePool: Sendable {
    private let configuration: BertConfiguration
    private let idle = Mutex<[Workspace]>([])

    package init(_ configuration: BertConfiguration) {
        self.configuration = configuration
    }

    /// Lends a workspace that is large enough; one that is too small is dropped for it.
    package func withWorkspace<R>(tokens: Int, longest: Int, parallel: Bool, _ body: (Workspace) -> R) -> R {
        let found = idle.withLock { idle in
            idle.firstIndex { $0.tokens >= tokens && $0.longest >= longest && $0.parallel == parallel }
                .map { idle.remove(at: $0) }
        }
        let workspace =
            found ?? Workspace(configuration, tokens: tokens, longest: longest, parallel: parallel)
        defer {
            idle.withLock { idle in
                idle.removeAll { $0.tokens <= tokens && $0.longest <= longest && $0.parallel == parallel }
                idle.append(workspace)
            }
        }
        return body(workspace)
    }
}
