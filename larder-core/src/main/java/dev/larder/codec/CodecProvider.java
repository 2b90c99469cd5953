package dev.larder.codec;

/** Finds a codec for a type. Found by {@link java.util.ServiceLoader} unless one is configured. */
public interface CodecProvider {

  /**
   * A codec for a type.
   *
   * @throws dev.larder.ConfigurationException if the type has no stable form, with the reason
   */
  <V> Codec<V> codec(TypeRef<V> type);
}
