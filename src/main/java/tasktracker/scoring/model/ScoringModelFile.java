package tasktracker.scoring.model;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes and reads {@link ScoringModel} as a binary file. Weights have half precision, and the file loads in milliseconds. */
public final class ScoringModelFile {

  private static final int MAGIC = 0x54544831;
  private static final List<String> TRAINING_FILES = List.of("cues_en.txt", "cues_uk.txt", "cues_ru.txt", "sentences_en.txt",
      "sentences_uk.txt", "sentences_ru.txt", "general_en.txt", "general_uk.txt", "general_ru.txt", "background_en.txt",
      "background_uk.txt", "background_ru.txt", "spam.txt", "ordinary.txt");

  private ScoringModelFile() {}

  /** A hash of the training files. If it differs from that of the model, the model must be trained again. */
  public static String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : TRAINING_FILES) {
        SectionedFile.read("scoring/" + name)
            .forEach((section, lines) -> digest.update((section + "\n" + String.join("\n", lines)).getBytes(StandardCharsets.UTF_8)));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static ScoringModel read() {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(SectionedFile.open(ScoringModel.RESOURCE), 1 << 16))) {
      if (in.readInt() != MAGIC) {
        throw new IllegalStateException(ScoringModel.RESOURCE + " is not a scoring model; create it with bin/evaluate --train");
      }
      String fingerprint = in.readUTF();
      Map<Script, ScriptModel> sets = new EnumMap<>(Script.class);
      for (Script script : Script.values()) {
        sets.put(script, readScriptModel(in));
      }
      return new ScoringModel(fingerprint, sets, readRegression(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void write(ScoringModel heads, OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    out.writeInt(MAGIC);
    out.writeUTF(heads.fingerprint());
    for (Script script : Script.values()) {
      writeScriptModel(out, heads.get(script));
    }
    writeRegression(out, heads.spam());
    out.flush();
  }

  private static ScriptModel readScriptModel(DataInputStream in) throws IOException {
    Map<Aspect, ClassificationHead> heads = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      heads.put(aspect, readHead(in, aspect));
    }
    return new ScriptModel(heads, readRegression(in), readScale(in), readScale(in));
  }

  private static void writeScriptModel(DataOutputStream out, ScriptModel scriptModel) throws IOException {
    for (Aspect aspect : Aspect.values()) {
      writeHead(out, scriptModel.head(aspect));
    }
    writeRegression(out, scriptModel.general());
    writeScale(out, scriptModel.generalScale());
    writeScale(out, scriptModel.contentScale());
  }

  private static ClassificationHead readHead(DataInputStream in, Aspect aspect) throws IOException {
    LogisticRegression meaning = readRegression(in);
    List<ClassificationHead.Example> examples = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      examples.add(new ClassificationHead.Example(in.readUTF(), readFloats(in)));
    }
    return new ClassificationHead(aspect, meaning, examples, readScale(in), readScale(in), readScale(in), in.readFloat(), in.readFloat(),
        readScale(in));
  }

  private static void writeHead(DataOutputStream out, ClassificationHead head) throws IOException {
    writeRegression(out, head.meaning());
    out.writeInt(head.examples().size());
    for (ClassificationHead.Example example : head.examples()) {
      out.writeUTF(example.sentence());
      writeFloats(out, example.vector());
    }
    writeScale(out, head.cueScale());
    writeScale(out, head.meaningScale());
    writeScale(out, head.exampleScale());
    out.writeFloat(head.cueWeight());
    out.writeFloat(head.exampleWeight());
    writeScale(out, head.overall());
  }

  private static LogisticRegression readRegression(DataInputStream in) throws IOException {
    return new LogisticRegression(readFloats(in), readFloats(in), in.readFloat());
  }

  private static void writeRegression(DataOutputStream out, LogisticRegression regression) throws IOException {
    writeFloats(out, regression.dense());
    writeFloats(out, regression.buckets());
    out.writeFloat(regression.bias());
  }

  private static FeatureScale readScale(DataInputStream in) throws IOException {
    return new FeatureScale(in.readFloat(), in.readFloat());
  }

  private static void writeScale(DataOutputStream out, FeatureScale scale) throws IOException {
    out.writeFloat(scale.mean());
    out.writeFloat(scale.deviation());
  }

  private static float[] readFloats(DataInputStream in) throws IOException {
    float[] floats = new float[in.readInt()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.float16ToFloat(in.readShort());
    }
    return floats;
  }

  private static void writeFloats(DataOutputStream out, float[] floats) throws IOException {
    out.writeInt(floats.length);
    for (float f : floats) {
      out.writeShort(Float.floatToFloat16(f));
    }
  }
}
