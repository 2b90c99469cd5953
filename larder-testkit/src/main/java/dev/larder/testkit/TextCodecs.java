package dev.larder.testkit;

import dev.larder.codec.Codec;
import dev.larder.codec.CodecProvider;
import dev.larder.codec.TypeRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Codecs for caches of strings: UTF-8 and nothing else. Spares tests a codec library. */
public final class TextCodecs implements CodecProvider {

  /** Codecs for strings. */
  public TextCodecs() {}

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the type is not {@code String}
   */
  @Override
  @SuppressWarnings("unchecked")
  public <V> Codec<V> codec(TypeRef<V> type) {
    if (!type.type().equals(String.class)) {
      throw new IllegalArgumentException("type: " + type + " is not String");
    }
    return (Codec<V>) new Text();
  }

  private static final class Text implements Codec<String> {
    @Override
    public byte[] encode(String value) {
      return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(ByteBuffer bytes) {
      return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    @Override
    public int fingerprint() {
      return 1;
    }
  }
}
