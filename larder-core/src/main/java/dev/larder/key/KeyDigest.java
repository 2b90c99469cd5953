package dev.larder.key;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The digest that stands for parts: {@code ~sha256=} or {@code ~hmac=} and 43 characters. Safe for many threads. */
final class KeyDigest {

  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final @Nullable SecretKeySpec secret;

  KeyDigest(byte @Nullable [] secret) {
    this.secret = secret == null ? null : new SecretKeySpec(secret, "HmacSHA256");
  }

  String of(String plain) {
    byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
    try {
      if (secret == null) {
        return "~sha256="
            + TEXT.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
      }
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return "~hmac=" + TEXT.encodeToString(mac.doFinal(bytes));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      // Every Java platform has both.
      throw new IllegalStateException(e);
    }
  }
}
