package tasktracker.knowledge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tasktracker.knowledge.builtin.BuiltInScores;
import tasktracker.knowledge.builtin.TypeModel;

/** Trains the model of types on labelled chats: a multinomial logistic regression with a ridge penalty, by gradient descent. */
final class TypeModelTrainer {

  private static final double RIDGE = 0.04;
  private static final double OWN_CUE = 0.5;
  private static final int STEPS = 1500;
  private static final double STEP = 0.3;
  private static final double MOMENTUM = 0.9;

  /** A sentence; all sentences of a message have the label of the message and share its weight. */
  record Example(int chat, UUID message, double[] features, int label, double weight) {}

  private TypeModelTrainer() {}

  static List<Example> examples(List<LabelledChat> chats, EvaluationMessages factory) {
    List<Example> examples = new ArrayList<>();
    for (int c = 0; c < chats.size(); c++) {
      int chat = c;
      Map<UUID, List<double[]>> features = new BuiltInScores(chats.get(c).messages().stream().map(factory::of).toList()).features();
      features.forEach((id, sentences) -> sentences.forEach(
          sentence -> examples.add(new Example(chat, id, sentence, label(chats.get(chat), id), 1.0 / sentences.size()))));
    }
    return balance(examples);
  }

  /** Rare types count more: the weight of a type grows with the root of its number only. */
  private static List<Example> balance(List<Example> examples) {
    double[] counts = new double[TypeModel.CLASSES];
    examples.forEach(e -> counts[e.label] += e.weight);
    return examples.stream().map(e -> new Example(e.chat, e.message, e.features, e.label, e.weight / Math.sqrt(counts[e.label]))).toList();
  }

  private static int label(LabelledChat chat, UUID id) {
    return chat.atoms().stream().filter(atom -> atom.evidence().contains(id)).mapToInt(atom -> atom.type().ordinal()).findFirst()
        .orElse(TypeModel.CLASSES - 1);
  }

  static TypeModel train(List<Example> examples) {
    int size = examples.getFirst().features.length;
    double[] mean = new double[size];
    double[] deviation = new double[size];
    for (int f = 0; f < size; f++) {
      int feature = f;
      mean[f] = examples.stream().mapToDouble(e -> e.features[feature]).average().orElse(0);
      deviation[f] = Math.sqrt(examples.stream().mapToDouble(e -> Math.pow(e.features[feature] - mean[feature], 2)).average().orElse(0))
          + 1e-9;
    }
    double[][] inputs = examples.stream()
        .map(e -> DoubleStream
            .concat(IntStream.range(0, size).mapToDouble(f -> deviation[f] < 1e-6 ? 0 : (e.features[f] - mean[f]) / deviation[f]),
                DoubleStream.of(1))
            .toArray())
        .toArray(double[][]::new);
    return unscale(descend(examples, inputs, size), mean, deviation);
  }

  private static double[][] descend(List<Example> examples, double[][] inputs, int size) {
    double total = examples.stream().mapToDouble(Example::weight).sum();
    double[][] weights = new double[TypeModel.CLASSES][size + 1];
    double[][] velocity = new double[TypeModel.CLASSES][size + 1];
    for (int step = 0; step < STEPS; step++) {
      double[][] gradient = new double[TypeModel.CLASSES][size + 1];
      for (int i = 0; i < inputs.length; i++) {
        double[] probabilities = softmax(weights, inputs[i]);
        for (int k = 0; k < TypeModel.CLASSES; k++) {
          double error = (probabilities[k] - (examples.get(i).label == k ? 1 : 0)) * examples.get(i).weight / total;
          for (int f = 0; f <= size; f++) {
            gradient[k][f] += error * inputs[i][f];
          }
        }
      }
      for (int k = 0; k < TypeModel.CLASSES; k++) {
        for (int f = 0; f <= size; f++) {
          double ridge = f < size ? RIDGE * (weights[k][f] - prior(k, f)) : 0;
          velocity[k][f] = MOMENTUM * velocity[k][f] - STEP * (gradient[k][f] + ridge);
          weights[k][f] += velocity[k][f];
        }
      }
    }
    return weights;
  }

  /** What a weight is drawn to: a type's own cue phrases and marker are evidence for it, before any example is seen. */
  private static double prior(int type, int feature) {
    return type < TypeModel.CLASSES - 1 && feature / 2 == type ? OWN_CUE : 0;
  }

  private static double[] softmax(double[][] weights, double[] input) {
    double[] scores = Arrays.stream(weights).mapToDouble(w -> IntStream.range(0, input.length).mapToDouble(f -> w[f] * input[f]).sum())
        .toArray();
    double highest = Arrays.stream(scores).max().orElse(0);
    double sum = Arrays.stream(scores).map(s -> Math.exp(s - highest)).sum();
    return Arrays.stream(scores).map(s -> Math.exp(s - highest) / sum).toArray();
  }

  /** The weights for features that are not standardized. */
  private static TypeModel unscale(double[][] weights, double[] mean, double[] deviation) {
    for (double[] row : weights) {
      for (int f = 0; f < mean.length; f++) {
        row[f] = deviation[f] < 1e-6 ? 0 : row[f] / deviation[f];
        row[mean.length] -= row[f] * mean[f];
      }
    }
    return new TypeModel(weights);
  }

  static void write(TypeModel model, Path file) throws IOException {
    StringBuilder text = new StringBuilder(
        "# Weights of TypeModel, written by bin/evaluate --knowledge --train. The features are, and a constant at last:\n# ")
        .append(String.join(" ", BuiltInScores.featureNames())).append('\n');
    for (int k = 0; k < TypeModel.CLASSES; k++) {
      text.append('[').append(TypeModel.nameOf(k)).append("]\n")
          .append(String.join(" ", Arrays.stream(model.weights()[k]).mapToObj(w -> String.format(Locale.ROOT, "%.3f", w)).toList()))
          .append('\n');
    }
    Files.writeString(file, text);
  }

  /** The probabilities of the types of a sentence. */
  static double[] probabilities(TypeModel model, double[] features) {
    return softmax(model.weights(), DoubleStream.concat(Arrays.stream(features), DoubleStream.of(1)).toArray());
  }
}
