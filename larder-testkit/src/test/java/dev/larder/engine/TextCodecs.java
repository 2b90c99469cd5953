package dev.larder.engine;

import dev.larder.codec.Codec;
import dev.larder.codec.CodecProvider;
import dev.larder.codec.TypeRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Strings as UTF-8. */
final class TextCodecs implements CodecProvider {

  @Override
  @SuppressWarnings("unchecked")
  public <V> Codec<V> codec(TypeRef<V> type) {
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
