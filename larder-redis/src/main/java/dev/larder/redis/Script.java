package dev.larder.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script that the server runs as one atomic step.
 *
 * @param text source, sent only when the server does not know the digest
 * @param sha SHA-1 of the source in hexadecimal, by which EVALSHA names it
 */
record Script(String text, String sha) {

  static final Script COMPARE_AND_SET = load("compare-and-set.lua");
  static final Script PLANT_OVER_FOREIGN = load("plant-over-foreign.lua");
  static final Script RELEASE = load("release.lua");
  static final Script TOUCH = load("touch.lua");
  static final Script TAIL = load("tail.lua");
  static final Script OPEN_EPOCH = load("open-epoch.lua");
  static final Script APPEND = load("append.lua");
  static final Script HOLD_MARKERS = load("hold-markers.lua");
  static final Script PIN = load("pin.lua");
  static final Script NOTES = load("notes.lua");

  private static Script load(String resource) {
    try (InputStream in = Script.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the jar of larder-redis");
      }
      byte[] text = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
      return new Script(new String(text, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-1", e);
    }
  }
}
