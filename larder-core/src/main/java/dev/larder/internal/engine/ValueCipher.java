package dev.larder.internal.engine;

import dev.larder.CodecException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the values of a cache.
 *
 * <p>Each slot key has an encryption key of its own, derived from the secret by HMAC-SHA256. So bytes
 * that are moved to another slot do not open there, and the random nonces of GCM, of which one key bears
 * some thousand million, are counted per slot. Shape: number of the secret (4 bytes), nonce (12), what
 * AES-256-GCM made (as long as the text, and 16). Safe for many threads.
 */
final class ValueCipher {

  private static final int NUMBER_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String HMAC = "HmacSHA256";

  private final SecureRandom random = new SecureRandom();
  private final List<Secret> secrets;

  /** A secret, and the number by which stored values name it. */
  private record Secret(SecretKeySpec key, int number) {
    static Secret of(byte[] bytes) {
      SecretKeySpec key = new SecretKeySpec(bytes, HMAC);
      return new Secret(key, ByteBuffer.wrap(hmac(key, "number")).getInt());
    }

    SecretKeySpec keyOf(String slot) {
      return new SecretKeySpec(hmac(key, "value of " + slot), "AES");
    }
  }

  /** @param secrets the first encrypts, all decrypt */
  ValueCipher(List<byte[]> secrets) {
    this.secrets = secrets.stream().map(Secret::of).toList();
  }

  byte[] encrypt(String slot, byte[] text) {
    Secret secret = secrets.get(0);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] made = cipher(Cipher.ENCRYPT_MODE, secret, slot, nonce).doFinal(text);
      return ByteBuffer.allocate(NUMBER_BYTES + NONCE_BYTES + made.length)
          .putInt(secret.number())
          .put(nonce)
          .put(made)
          .array();
    } catch (GeneralSecurityException e) {
      // Every Java platform has it.
      throw new IllegalStateException(e);
    }
  }

  /**
   * The text.
   *
   * @throws CodecException if no secret here made it, or it was changed, or made for another slot
   */
  byte[] decrypt(String slot, ByteBuffer bytes) {
    if (bytes.remaining() < NUMBER_BYTES + NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      throw new CodecException("too short for an encrypted value");
    }
    ByteBuffer in = bytes.duplicate();
    int number = in.getInt();
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(nonce);
    byte[] made = new byte[in.remaining()];
    in.get(made);
    for (Secret secret : secrets) {
      if (secret.number() == number) {
        try {
          return cipher(Cipher.DECRYPT_MODE, secret, slot, nonce).doFinal(made);
        } catch (GeneralSecurityException changed) {
          throw new CodecException("encrypted, and changed since or of another key");
        }
      }
    }
    throw new CodecException("encrypted with a secret that this node does not have");
  }

  private static Cipher cipher(int mode, Secret secret, String slot, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, secret.keyOf(slot), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      // Every Java platform has it.
      throw new IllegalStateException(e);
    }
  }
}
