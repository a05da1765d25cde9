import * as tf from "@tensorflow/tfjs";
import { hashTests, kernelTests } from "../fixtures/kernels";

hashTests();
kernelTests("cpu", () => tf.setBackend("cpu"));
