//! Runs the network on one window.

use std::cell::OnceCell;
use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::{AsView, Layout, NdTensor};

use crate::reader::ModelError;
use crate::windows::Window;

/// The inputs: pieces, their shapes, first pieces of words, sentences of words.
const INPUTS: [&str; 4] = ["input_ids", "shape_ids", "word_starts", "word_sentence"];
/// The outputs, in the order of [`Answer`].
const OUTPUTS: [&str; 9] = ["xpos", "upos", "arcs", "rels", "names", "cue", "source", "content", "meaning"];

/// What the network says of one window: a row a word each.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) xpos: Rows,
    pub(crate) upos: Rows,
    /// Column 0 is the root, column `j + 1` word `j`.
    pub(crate) arcs: Rows,
    /// For the best-scoring head.
    pub(crate) rels: Rows,
    pub(crate) names: Rows,
    pub(crate) cue: Rows,
    pub(crate) source: Rows,
    pub(crate) content: Rows,
    pub(crate) meaning: Rows,
}

/// A row of scores a word.
pub(crate) type Rows = Vec<Vec<f32>>;

/// A loaded network.
pub(crate) struct Network {
    model: Model,
    inputs: [NodeId; 4],
    outputs: [NodeId; 9],
}

impl Network {
    /// Reads an ONNX file of our own making, without a copy of it.
    pub(crate) fn load(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let mut options = ModelOptions::with_all_ops();
        // Finds the attention that it can run as one operator.
        options.enable_shape_inference(true);
        // A twelfth faster for a few megabytes: the weights are laid out for the processor once, not for every window.
        options.prepack_weights(true);
        let model = options.load_static_slice(bytes);
        let model = model.map_err(|error| ModelError::Network(error.to_string()))?;
        let node = |name: &str| model.node_id(name).map_err(|_| ModelError::Missing(name.to_owned()));
        let mut inputs = Vec::new();
        let mut outputs = Vec::new();
        for name in INPUTS {
            inputs.push(node(name)?);
        }
        for name in OUTPUTS {
            outputs.push(node(name)?);
        }
        let count = |_| ModelError::Network("inputs or outputs were not found".to_owned());
        Ok(Self {
            inputs: inputs.try_into().map_err(count)?,
            outputs: outputs.try_into().map_err(count)?,
            model,
        })
    }

    /// A field of the file's metadata.
    pub(crate) fn field(&self, name: &'static str) -> Result<&str, ModelError> {
        self.model.metadata().get(name).ok_or_else(|| ModelError::Missing(name.to_owned()))
    }

    /// Runs the windows one after the other, on one thread of its own.
    ///
    /// A caller that is a worker of a thread pool must not work on another article while it waits: the
    /// waiting would nest without bound. So the network runs on a plain thread, which blocks.
    pub(crate) fn run_all(&self, windows: &[Window]) -> Result<Vec<Answer>, ModelError> {
        let pool = pool();
        apart(|| windows.iter().map(|window| self.run(window, &pool)).collect())?
    }

    fn run(&self, window: &Window, pool: &Arc<ThreadPool>) -> Result<Answer, ModelError> {
        let row = |values: &[i32]| NdTensor::from_data([1, values.len()], values.to_vec());
        let values = [&window.ids, &window.shapes, &window.starts, &window.sentence];
        let inputs: Vec<(NodeId, ValueOrView<'_>)> =
            self.inputs.iter().zip(values).map(|(node, values)| (*node, row(values).into())).collect();
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let found = self
            .model
            .run(inputs, &self.outputs, Some(options))
            .map_err(|error| ModelError::Network(error.to_string()))?;
        let words = window.starts.len();
        let mut rows = found.into_iter().zip(OUTPUTS).map(|(value, name)| rows(value, words, name));
        let mut next = || rows.next().unwrap_or_else(|| Err(ModelError::Missing("output".to_owned())));
        Ok(Answer {
            xpos: next()?,
            upos: next()?,
            arcs: next()?,
            rels: next()?,
            names: next()?,
            cue: next()?,
            source: next()?,
            content: next()?,
            meaning: next()?,
        })
    }
}

/// Runs `work` on a plain thread and waits for it.
pub(crate) fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, ModelError> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .spawn_scoped(scope, work)
            .map_err(|error| ModelError::Network(error.to_string()))?;
        thread.join().map_err(|_| ModelError::Network("the network stopped".to_owned()))
    })
}

/// One thread that belongs to the calling thread.
fn pool() -> Arc<ThreadPool> {
    thread_local! {
        static POOL: OnceCell<Arc<ThreadPool>> = const { OnceCell::new() };
    }
    POOL.with(|pool| Arc::clone(pool.get_or_init(|| Arc::new(ThreadPool::with_num_threads(1)))))
}

fn rows(value: Value, words: usize, name: &str) -> Result<Rows, ModelError> {
    let wrong = || ModelError::Shape(name.to_owned());
    let table: NdTensor<f32, 2> = value.try_into().map_err(|_| wrong())?;
    if table.size(0) != words || table.size(1) == 0 {
        return Err(wrong());
    }
    let width = table.size(1);
    Ok(table.to_vec().chunks_exact(width).map(<[f32]>::to_vec).collect())
}
