package dev.larder.json;

import dev.larder.CodecException;
import dev.larder.codec.Codec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** JSON of one declared type. */
final class JsonCodec<V> implements Codec<V> {

  private final JavaType type;
  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final int fingerprint;

  JsonCodec(JsonMapper mapper, JavaType type, String shape) {
    this.type = type;
    this.reader = mapper.readerFor(type).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    this.writer = mapper.writerFor(type);
    this.fingerprint = digest(shape);
  }

  @Override
  public byte[] encode(V value) {
    Objects.requireNonNull(value, "value");
    try {
      return writer.writeValueAsBytes(value);
    } catch (Throwable e) {
      throw failure("no JSON form for a value of ", e);
    }
  }

  @Override
  public V decode(ByteBuffer bytes) {
    V value;
    try {
      value = read(bytes);
    } catch (Throwable e) {
      throw failure("not JSON of ", e);
    }
    if (value == null) {
      throw new CodecException("not JSON of " + type.toCanonical() + ": null");
    }
    return value;
  }

  private @Nullable V read(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (length > 0 && bytes.get(bytes.limit() - 1) <= ' ' && bytes.get(bytes.limit() - 1) >= 0) {
      // The reader forgives blanks after the value; we never write any.
      throw new CodecException("not JSON of " + type.toCanonical() + ": bytes after the value");
    }
    if (bytes.hasArray()) {
      int offset = bytes.arrayOffset() + bytes.position();
      bytes.position(bytes.limit());
      return reader.readValue(bytes.array(), offset, length);
    }
    byte[] copy = new byte[length];
    bytes.get(copy);
    return reader.readValue(copy, 0, length);
  }

  @Override
  public int fingerprint() {
    return fingerprint;
  }

  @Override
  public String toString() {
    return "JSON of " + type.toCanonical();
  }

  /**
   * Says where, not what: the message holds no values. Values' own constructors run in here and may
   * throw anything; only a virtual machine in trouble goes through, and a stack that merely was too
   * short for the nesting does not count as trouble.
   */
  private CodecException failure(String what, Throwable cause) {
    if (cause instanceof CodecException own) {
      return own;
    }
    if (cause instanceof VirtualMachineError trouble && !(cause instanceof StackOverflowError)) {
      throw trouble;
    }
    String where = cause instanceof JacksonException mismatch ? path(mismatch) : "";
    String kind = cause instanceof JacksonException || cause instanceof StackOverflowError
        ? cause.getClass().getSimpleName()
        : cause.getClass().getName();
    return new CodecException(
        what + type.toCanonical() + ": " + kind + (where.isEmpty() ? "" : " at " + where), cause);
  }

  private static String path(JacksonException mismatch) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : mismatch.getPath()) {
      Object from = step.from();
      if (from instanceof Map
          || (from instanceof Class<?> type && Map.class.isAssignableFrom(type))) {
        // Keys are data.
        path.append("{}");
      } else if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  private static int digest(String shape) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(shape.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getInt();
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has it.
      throw new IllegalStateException(e);
    }
  }
}
