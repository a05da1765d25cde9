// config.json: which BERT this is, and whether it is one that can be trained here.

import { Failure, said, type Said } from "../../said";
import { parsePython } from "./json";

/** As config.json's hidden_act; the two tanh names mean the same, and so do silu and swish. */
export type Activation =
  "gelu" | "gelu_new" | "gelu_pytorch_tanh" | "relu" | "silu" | "swish";

/** config.json, the fields that matter. */
export interface BertConfig {
  vocab_size: number;
  hidden_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  intermediate_size: number;
  hidden_act: Activation;
  max_position_embeddings: number;
  type_vocab_size: number;
  layer_norm_eps: number;
  initializer_range: number;
  pad_token_id: number;
  /** Everything in the file, so that an export loses nothing. */
  raw: Record<string, unknown>;
}

/** Tokens a sequence may have, however many positions a model has: the kernels' counters. */
export const longest = 512;

const activations: Activation[] = [
  "gelu",
  "gelu_new",
  "gelu_pytorch_tanh",
  "relu",
  "silu",
  "swish",
];

/** Throws a sentence for what is not supported. `json` is the text of config.json. */
export function readConfig(json: string): BertConfig {
  const { value: raw } = parsePython(json, "config.json");
  const advice = said("choose a BERT model");
  const type = raw.model_type ?? "bert"; // the first BERTs' files do not say
  if (type !== "bert")
    throw new Failure("config: model_type", {
      type: JSON.stringify(type),
      advice,
    });
  const family = unsaidFamily(raw);
  if (family) throw new Failure(family.code, { ...family.values, advice });
  const position = raw.position_embedding_type ?? "absolute";
  if (position !== "absolute")
    throw new Failure("config: position_embedding_type", {
      type: JSON.stringify(position),
      advice,
    });
  if (raw.is_decoder === true)
    throw new Failure("config: is_decoder", { advice });
  const activation = raw.hidden_act ?? "gelu";
  if (!activations.includes(activation as Activation))
    throw new Failure("config: hidden_act", {
      activation: JSON.stringify(activation),
      known: activations.join(", "),
      advice,
    });

  if (raw.is_decoder !== true && raw.add_cross_attention === true)
    throw new Failure("config: add_cross_attention", { advice });

  const size = (name: string): number => {
    const value = raw[name];
    if (value === undefined)
      throw new Failure("config: size is missing", { name });
    if (!Number.isSafeInteger(value) || (value as number) <= 0)
      throw new Failure("config: size is no size", {
        name,
        value: JSON.stringify(value),
      });
    return value as number;
  };
  const number = (name: string, usual: number): number =>
    typeof raw[name] === "number" ? raw[name] : usual;

  const config: BertConfig = {
    vocab_size: size("vocab_size"),
    hidden_size: size("hidden_size"),
    num_hidden_layers: size("num_hidden_layers"),
    num_attention_heads: size("num_attention_heads"),
    intermediate_size: size("intermediate_size"),
    hidden_act: activation as Activation,
    max_position_embeddings: size("max_position_embeddings"),
    type_vocab_size: number("type_vocab_size", 2),
    layer_norm_eps: number("layer_norm_eps", 1e-12),
    initializer_range: number("initializer_range", 0.02),
    pad_token_id: number("pad_token_id", 0),
    raw,
  };
  if (config.hidden_size % config.num_attention_heads !== 0)
    throw new Failure("config: heads do not divide", {
      hidden: config.hidden_size,
      heads: config.num_attention_heads,
    });
  return config;
}

const known =
  /^(DistilBert|Roberta|XLM|Albert|Electra|Deberta|MPNet|Camembert|ModernBert|GPT|T5|Bart|MobileBert|SqueezeBert|ConvBert|BigBird|RoFormer|Funnel|Ernie|Nezha)/i;

/** That it is of another family, by what only its configurations hold. */
function unsaidFamily(raw: Record<string, unknown>): Said | null {
  if (typeof raw.model_type === "string") return null;
  const [named] = Array.isArray(raw.architectures) ? raw.architectures : [];
  if (
    typeof named === "string" &&
    !/^Bert[A-Z]/.test(named) &&
    known.test(named)
  )
    return said("config: unsaid family", { family: named });
  if ("dim" in raw && "n_layers" in raw)
    return said("config: unsaid family", {
      family: "DistilBERT (dim, n_layers)",
    });
  if ("n_embd" in raw || "d_model" in raw || "num_layers" in raw)
    return said("config: no BERT");
  return null;
}
