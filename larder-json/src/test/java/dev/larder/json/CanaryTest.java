package dev.larder.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.larder.CodecException;
import dev.larder.codec.Codec;
import dev.larder.codec.TypeRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Planted bytes never choose what runs: the canary would count each constructor, setter and reader. */
class CanaryTest {

  private static final AtomicInteger SUNG = new AtomicInteger();

  private final JsonCodecs codecs = new JsonCodecs();

  public static final class Canary implements Serializable, Figure, Runnable {
    private static final long serialVersionUID = 1L;

    public Canary() {
      SUNG.incrementAndGet();
    }

    public Canary(String from) {
      SUNG.incrementAndGet();
    }

    public String getCommand() {
      return "";
    }

    public void setCommand(String command) {
      SUNG.incrementAndGet();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      SUNG.incrementAndGet();
      in.defaultReadObject();
    }

    private Object readResolve() {
      SUNG.incrementAndGet();
      return this;
    }

    @Override
    public void run() {
      SUNG.incrementAndGet();
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle")})
  public interface Figure {}

  public record Circle(double radius) implements Figure {}

  public record Profile(long id, String name, List<Figure> figures, Map<String, String> more) {}

  @BeforeEach
  void silence() {
    SUNG.set(0);
  }

  private static List<byte[]> planted() throws IOException {
    String canary = Canary.class.getName();
    List<byte[]> all = new ArrayList<>();
    for (String json : List.of(
        "{\"@class\":\"%s\",\"command\":\"x\"}",
        "{\"@type\":\"%s\",\"command\":\"x\"}",
        "{\"@c\":\".CanaryTest$Canary\",\"command\":\"x\"}",
        "[\"%s\",{\"command\":\"x\"}]",
        "{\"%s\":{\"command\":\"x\"}}",
        "\"%s\"",
        "{\"id\":1,\"name\":[\"%s\",{\"command\":\"x\"}]}",
        "{\"id\":1,\"figures\":[{\"@type\":\"%s\",\"command\":\"x\"}]}",
        "{\"id\":1,\"figures\":[{\"@class\":\"%s\",\"command\":\"x\"}]}",
        "{\"id\":1,\"figures\":[[\"%s\",{\"command\":\"x\"}]]}",
        "{\"id\":1,\"figures\":[\"%s\"]}",
        "{\"id\":1,\"more\":[\"java.util.HashMap\",{\"a\":[\"%s\",{\"command\":\"x\"}]}]}",
        "[\"com.sun.rowset.JdbcRowSetImpl\",{\"dataSourceName\":\"ldap://127.0.0.1:1/%s\","
            + "\"autoCommit\":true}]",
        "[\"javax.naming.InitialContext\",{\"environment\":{\"java.naming.provider.url\":"
            + "\"rmi://127.0.0.1:1/%s\"}}]")) {
      all.add(json.formatted(canary).getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream java = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(java)) {
      out.writeObject(new Canary());
    }
    all.add(java.toByteArray());
    // The head of what Kryo writes for a class by name.
    ByteArrayOutputStream kryo = new ByteArrayOutputStream();
    kryo.write(new byte[] {1, 0});
    kryo.write(canary.getBytes(StandardCharsets.US_ASCII));
    all.add(kryo.toByteArray());
    return all;
  }

  @Test
  void decode_plantedBytes_neverRunsTheCanary() throws IOException {
    List<byte[]> planted = planted();
    SUNG.set(0);
    List<Codec<?>> all = List.of(
        codecs.codec(TypeRef.of(Profile.class)),
        codecs.codec(TypeRef.of(Figure.class)),
        codecs.codec(new TypeRef<List<Figure>>() {}),
        codecs.codec(new TypeRef<Map<String, Figure>>() {}));
    for (Codec<?> codec : all) {
      for (byte[] bytes : planted) {
        assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(bytes)))
            .as("%s of %s", new String(bytes, StandardCharsets.UTF_8), codec)
            .isInstanceOf(CodecException.class);
      }
    }
    assertThat(SUNG).hasValue(0);
  }

  @Test
  void decode_plantedBytesAsTextOrTree_areOnlyThat() throws IOException {
    List<byte[]> planted = planted();
    SUNG.set(0);
    for (Codec<?> codec : List.of(
        codecs.codec(TypeRef.of(String.class)),
        codecs.codec(TypeRef.of(JsonNode.class)),
        codecs.codec(new TypeRef<Map<String, JsonNode>>() {}))) {
      for (byte[] bytes : planted) {
        try {
          codec.decode(ByteBuffer.wrap(bytes));
        } catch (CodecException alsoRight) {
          assertThat(alsoRight).isNotNull();
        }
      }
    }
    assertThat(SUNG).hasValue(0);
  }

  @Test
  void canary_whenAskedFor_sings() {
    Codec<Canary> codec = codecs.codec(TypeRef.of(Canary.class));
    codec.decode(ByteBuffer.wrap(
        "{\"@type\":\"CanaryTest$Canary\",\"command\":\"x\"}".getBytes(StandardCharsets.UTF_8)));
    assertThat(SUNG.get()).isPositive();
  }
}
