import * as tf from "@tensorflow/tfjs";
import { hashTests, kernelTests } from "./suite";

hashTests();
kernelTests("cpu", () => tf.setBackend("cpu"));
