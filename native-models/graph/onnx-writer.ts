import path from 'node:path';
import { showDim, type Dim, type Shape } from './dimension.ts';
import {
  attribute,
  onnxElementType,
  runtimeDomain,
  type OnnxNode,
  type OnnxTensorData,
  type OnnxValueInfo,
} from './onnx-format.ts';
import { ShapeError, type ElementType, type Tensor, type WeightData } from './tensor.ts';

type AttributeValue = Parameters<typeof attribute>[1];

/** Numbers handed to the runtime beside the model, under the name by which the model refers to them. */
export interface ExternalData {
  readonly path: string;
  readonly data: Uint8Array;
}

/** Where weights in one file may begin: on a page, so that runtimes can map them. */
const gatheredAlignment = 4096;

/**
 * Collects the nodes and initialisers of one ONNX graph. Names of values are made up here and never repeat.
 * Shapes that are only known at run time become small int64 computations on the shapes of the inputs.
 */
export class OnnxWriter {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensorData[] = [];
  readonly externalData: ExternalData[] = [];
  /** The folder that file references of weights are relative to; null while there are none. */
  weightsFolder: string | null = null;
  readonly #symbols = new Map<string, { readonly input: string; readonly axis: number }>();
  /** What the graph computes in. */
  readonly float: 'float32' | 'float16';
  readonly #mapsWeights: boolean;
  readonly #known = new Map<string, string>();
  #count = 0;

  readonly #gatheredIn: string | null;
  #gatheredBytes = 0;

  /**
   * @param mapsWeights refer to weights in their files; otherwise, and in half precision, all are given as bytes.
   * @param gatheredIn the one file in which these bytes will lie, one after another; null: each has a name of its own.
   */
  constructor(
    inputs: readonly { readonly name: string; readonly shape: Shape }[],
    mapsWeights: boolean,
    float: 'float32' | 'float16' = 'float32',
    gatheredIn: string | null = null,
  ) {
    this.#gatheredIn = gatheredIn;
    this.float = float;
    this.#mapsWeights = mapsWeights && float === 'float32';
    for (const { name, shape } of inputs) {
      shape.forEach((size, axis) => {
        const symbol = typeof size === 'number' ? null : size.symbol;
        if (symbol !== null && !this.#symbols.has(symbol)) this.#symbols.set(symbol, { input: name, axis });
      });
    }
  }

  /** Adds a node with one output and returns the output's name. */
  emit(
    opType: string,
    input: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
    output = this.#fresh(opType),
    domain?: string,
  ): string {
    const attributeList = Object.entries(attributes).map(([name, value]) => attribute(name, value));
    this.nodes.push({
      name: output,
      opType,
      input,
      output: [output],
      attribute: attributeList,
      ...(domain && { domain }),
    });
    return output;
  }

  /** An operator that onnxruntime adds to ONNX's own. */
  emitOfRuntime(
    opType: string,
    input: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    return this.emit(opType, input, attributes, this.#fresh(opType), runtimeDomain);
  }

  /** One byte without sign. */
  byte(value: number): string {
    return this.#remember(`byte ${value}`, () => {
      const name = this.#fresh('constant');
      const dataType = onnxElementType.uint8;
      this.initializers.push({ name, dims: [], dataType, rawData: Uint8Array.of(value) });
      return name;
    });
  }

  /** Numbers made when the graph is lowered, given beside the model. */
  made(stem: string, dims: readonly number[], data: Float32Array | Int8Array): string {
    const name = this.#fresh(stem);
    const dataType = onnxElementType[data instanceof Int8Array ? 'int8' : 'float32'];
    const externalData = Object.entries(this.#beside(name, bytesOf(data)));
    this.initializers.push({
      name,
      dims,
      dataType,
      externalData: externalData.map(([key, value]) => ({ key, value: `${value}` })),
      dataLocation: 1,
    });
    return name;
  }

  /** What `make` makes, once for every key. */
  once(key: string, make: () => string): string {
    return this.#remember(key, make);
  }

  constant(data: Float32Array | BigInt64Array, dims: readonly number[]): string {
    const name = this.#fresh('constant');
    const isFloat = data instanceof Float32Array;
    const dataType = onnxElementType[isFloat ? this.float : 'int64'];
    this.initializers.push({ name, dims, dataType, rawData: isFloat ? this.#floats(data) : bytesOf(data) });
    return name;
  }

  floatScalar(value: number): string {
    return this.#remember(`float ${value}`, () => this.constant(Float32Array.of(value), []));
  }

  ints(values: readonly number[]): string {
    return this.#remember(`ints ${values.join()}`, () =>
      this.constant(BigInt64Array.from(values, BigInt), [values.length]),
    );
  }

  /** A weight by reference: into its file, or to bytes given beside the model. */
  weight(tensorName: string, dims: readonly number[], data: WeightData): string {
    const name = this.#fresh(tensorName);
    const entries =
      this.#mapsWeights && data.place !== null ? this.#mapped(data, data.place) : this.#copied(name, data);
    const externalData = Object.entries(entries).map(([key, value]) => ({ key, value: `${value}` }));
    this.initializers.push({ name, dims, dataType: onnxElementType[this.float], externalData, dataLocation: 1 });
    return name;
  }

  #mapped(
    data: WeightData,
    { file, offset, byteLength }: NonNullable<WeightData['place']>,
  ): Record<string, string | number> {
    const folder = path.dirname(file);
    this.weightsFolder ??= folder;
    if (this.weightsFolder !== folder) {
      throw new ShapeError(`weights of one graph lie in two folders: ${folder} and ${this.weightsFolder}`);
    }
    data.verify();
    return { location: path.basename(file), offset, length: byteLength };
  }

  #copied(name: string, data: WeightData): Record<string, string | number> {
    return this.#beside(name, this.#floats(data.read()));
  }

  /** Bytes beside the model, and how it refers to them. */
  #beside(name: string, data: Uint8Array): Record<string, string | number> {
    if (this.#gatheredIn === null) {
      this.externalData.push({ path: name, data });
      return { location: name, offset: 0, length: data.byteLength };
    }
    const offset = this.#gatheredBytes;
    const room = Math.ceil(data.byteLength / gatheredAlignment) * gatheredAlignment;
    this.externalData.push({ path: this.#gatheredIn, data });
    if (room > data.byteLength)
      this.externalData.push({ path: this.#gatheredIn, data: new Uint8Array(room - data.byteLength) });
    this.#gatheredBytes += room;
    return { location: this.#gatheredIn, offset, length: data.byteLength };
  }

  /** Numbers as this graph holds them. */
  #floats(data: Float32Array): Uint8Array {
    return bytesOf(this.float === 'float16' ? new Float16Array(data) : data);
  }

  /** A value as numbers of this graph. */
  toFloat(x: string): string {
    return this.emit('Cast', [x], { to: onnxElementType[this.float] });
  }

  /** A size as int64 `[1]`. */
  size(size: Dim): string {
    if (typeof size === 'number') return this.ints([size]);
    return this.#remember(`size ${showDim(size)}`, () => {
      const terms = [...size.terms].map(([monomial, factor]) => {
        const factors = monomial === '' ? [] : monomial.split('*').map((symbol) => this.#symbol(symbol));
        if (factor !== 1 || factors.length === 0) factors.push(this.ints([factor]));
        return factors.reduce((product, next) => this.emit('Mul', [product, next]));
      });
      return terms.reduce((sum, next) => this.emit('Add', [sum, next]));
    });
  }

  /** A shape as int64 `[rank]`: a constant where all axes are numbers. */
  sizes(shape: Shape): string {
    if (shape.every((size) => typeof size === 'number')) return this.ints(shape);
    return this.#remember(`sizes ${shape.map(showDim).join()}`, () =>
      this.emit(
        'Concat',
        shape.map((size) => this.size(size)),
        { axis: 0 },
      ),
    );
  }

  /** Reshape; a single unknown axis is left to the runtime as -1. */
  reshape(x: string, shape: Shape): string {
    const unknown = shape.filter((size) => typeof size !== 'number').length;
    const target = unknown === 1 ? shape.map((size) => (typeof size === 'number' ? size : -1)) : shape;
    return this.emit('Reshape', [x, this.sizes(target)]);
  }

  #symbol(symbol: string): string {
    return this.#remember(`symbol ${symbol}`, () => {
      const source = this.#symbols.get(symbol);
      if (source === undefined) throw new ShapeError(`no input of the graph has an axis '${symbol}'`);
      return this.emit('Shape', [source.input], { start: source.axis, end: source.axis + 1 });
    });
  }

  #remember(key: string, make: () => string): string {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#known.set(key, made);
    return made;
  }

  #fresh(stem: string): string {
    this.#count += 1;
    return `${stem}#${this.#count}`;
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** How ONNX declares a graph's input or output: its type and shape, named sizes as they are named. */
export function valueInfo(
  name: string,
  { type, shape }: { readonly type: ElementType; readonly shape: Tensor['shape'] },
): OnnxValueInfo {
  const dims = shape.map((size) => {
    if (typeof size === 'number') return { dimValue: size };
    return size.symbol === null ? {} : { dimParam: size.symbol };
  });
  return { name, type: { tensorType: { elemType: onnxElementType[type], shape: { dim: dims } } } };
}
