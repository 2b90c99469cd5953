package dev.larder.spring.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Ids of sessions, and what stands for them.
 *
 * <p>An id is 256 random bits. Stores know its SHA-256 only, so that who reads a store can't take over
 * a session. That leaves a question open: whoever looks for the sessions of a user needs something to
 * name them by. With a secret the id itself is stored too, encrypted under it. Without one they get a
 * <em>handle</em>, {@code ~} with the digest and a MAC under a key of this process: it is taken in
 * place of an id by this process alone, and can't be made from what is in the store.
 */
final class SessionIds {

  private static final int ID_BYTES = 32;
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final char HANDLE = '~';
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int DIGEST_LENGTH = 43;

  private final SecureRandom random = new SecureRandom();
  private final byte[] handleKey = new byte[ID_BYTES];
  private final byte @Nullable [] sealKey;
  private final byte @Nullable [] nameKey;

  /** With a secret of at least 16 bytes, or without. */
  SessionIds(byte @Nullable [] secret) {
    random.nextBytes(handleKey);
    sealKey = secret == null ? null : mac(secret, "larder session id");
    nameKey = secret == null ? null : mac(secret, "larder session principal");
  }

  /** A new id: 43 letters, digits, {@code -} and {@code _}. */
  String generate() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return ENCODER.encodeToString(bytes);
  }

  /** What stores know of an id. Null for a handle that this process did not make. */
  @Nullable String digest(String id) {
    if (id.isEmpty() || id.charAt(0) != HANDLE) {
      return ENCODER.encodeToString(sha256(id));
    }
    if (id.length() <= DIGEST_LENGTH) {
      return null;
    }
    String digest = id.substring(1, 1 + DIGEST_LENGTH);
    boolean isOurs = MessageDigest.isEqual(
        handle(digest).getBytes(StandardCharsets.UTF_8), id.getBytes(StandardCharsets.UTF_8));
    return isOurs ? digest : null;
  }

  /** The digest of a principal's name; with a secret it can't be guessed from the name. */
  String principal(String name) {
    return ENCODER.encodeToString(nameKey == null ? sha256(name) : mac(nameKey, name));
  }

  /** The id, encrypted for {@link #name}; null without a secret. */
  byte @Nullable [] seal(String id, String digest) {
    if (sealKey == null) {
      return null;
    }
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    byte[] text =
        gcm(Cipher.ENCRYPT_MODE, sealKey, iv, digest, id.getBytes(StandardCharsets.UTF_8));
    if (text == null) {
      return null;
    }
    byte[] sealed = Arrays.copyOf(iv, IV_BYTES + text.length);
    System.arraycopy(text, 0, sealed, IV_BYTES, text.length);
    return sealed;
  }

  /** The name of a session that was found by its principal: its id where that can be had, or a handle. */
  String name(String digest, byte @Nullable [] sealed) {
    if (sealKey != null && sealed != null && sealed.length > IV_BYTES) {
      byte[] iv = Arrays.copyOf(sealed, IV_BYTES);
      byte[] id = gcm(
          Cipher.DECRYPT_MODE,
          sealKey,
          iv,
          digest,
          Arrays.copyOfRange(sealed, IV_BYTES, sealed.length));
      if (id != null) {
        return new String(id, StandardCharsets.UTF_8);
      }
    }
    return handle(digest);
  }

  private String handle(String digest) {
    return HANDLE + digest + ENCODER.encodeToString(mac(handleKey, digest));
  }

  private static byte @Nullable [] gcm(
      int mode, byte[] key, byte[] iv, String digest, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
      cipher.updateAAD(digest.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException otherSecret) {
      // Sealed under another secret, or not by us: the handle stands in.
      return null;
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      // Every Java platform has it.
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      // Every Java platform has it.
      throw new IllegalStateException(e);
    }
  }
}
