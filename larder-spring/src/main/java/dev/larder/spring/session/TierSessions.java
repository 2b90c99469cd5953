package dev.larder.spring.session;

import dev.larder.CodecException;
import dev.larder.TierUnavailableException;
import dev.larder.codec.Codec;
import dev.larder.codec.CodecProvider;
import dev.larder.codec.TypeRef;
import dev.larder.tier.Slot;
import dev.larder.tier.Store;
import dev.larder.tier.Tier;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that lie in the slots of a tier and nowhere else.
 *
 * <p>Not in a cache: an entry of a cache may be dropped at any time, and all of them are when the log is
 * lost, since a source has them again. Here there is no source, so slots are used as they are, by
 * compare-and-set: each change reads, merges and replaces, and begins again if another came first. A
 * slot is emptied by a deletion, and an empty slot refuses every change, so nothing comes back.
 *
 * <p>A slot's first byte is the version of its form. The digest stands inside as well as in the key: an
 * answer that belongs to another session is taken for none.
 *
 * <p>A principal's sessions are named in a slot of their own, which is written before the session is:
 * one name too many is found out when the session is read, one too few would hide it. At most {@value
 * #MOST_OF_PRINCIPAL} are named, those that end last.
 */
final class TierSessions implements SessionStore {

  static final int MOST_OF_PRINCIPAL = 1_000;

  private static final byte FORM = 1;
  private static final int TRIES = 1_000;
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Duration PLACEHOLDER = Duration.ofSeconds(10);

  private final Store store;
  private final Tier tier;
  private final boolean isOwned;
  private final String prefix;
  private final Duration timeout;
  private final Clock clock;
  private final Codec<StoredSession> sessions;
  private final Codec<Principal> principals;
  private final SecureRandom random = new SecureRandom();

  /** The sessions of one principal. */
  record Principal(List<Name> sessions) {
    Principal {
      sessions = List.copyOf(sessions);
    }
  }

  /** One of them, and when it ends unless it is used. */
  record Name(String digest, long expiresAt) {}

  TierSessions(
      Store store,
      boolean isOwned,
      String keyPrefix,
      Duration timeout,
      Clock clock,
      CodecProvider codecs) {
    this.store = store;
    this.tier = store.tier();
    this.isOwned = isOwned;
    this.prefix = keyPrefix;
    this.timeout = timeout;
    this.clock = clock;
    this.sessions = codecs.codec(TypeRef.of(StoredSession.class));
    this.principals = codecs.codec(TypeRef.of(Principal.class));
  }

  @Override
  public void create(StoredSession session) {
    name(session);
    put(session);
  }

  @Override
  public @Nullable StoredSession find(String digest) {
    return sessionIn(read(sessionKey(digest)), digest);
  }

  @Override
  public boolean change(String digest, SessionChange change) {
    SessionChange.NewId newId = change.newId();
    for (int i = 0; i < TRIES; i++) {
      Slot slot = read(sessionKey(digest));
      StoredSession old = sessionIn(slot, digest);
      if (old == null) {
        return false;
      }
      StoredSession next = old.with(change);
      name(next);
      if (newId == null) {
        if (replace(sessionKey(digest), slot.nonce(), sessions.encode(next), lifeOf(next))) {
          return true;
        }
      } else {
        // The successor first: in the other order a crash between would lose the session.
        put(next);
        if (ask(() -> tier.release(sessionKey(digest), slot.nonce()))) {
          return true;
        }
        delete(next.digest());
      }
    }
    throw new TierUnavailableException(
        "session: " + TRIES + " changes of others came first, one after another");
  }

  @Override
  public void delete(String digest) {
    ask(() -> tier.delete(List.of(sessionKey(digest))));
  }

  @Override
  public List<StoredSession> ofPrincipal(String principal) {
    Principal named = principalIn(read(principalKey(principal)));
    List<StoredSession> found = new ArrayList<>();
    for (Name name : named.sessions()) {
      StoredSession session = find(name.digest());
      if (session != null && principal.equals(session.principal())) {
        found.add(session);
      }
    }
    return found;
  }

  /** Slots drop what has ended by themselves. */
  @Override
  public List<StoredSession> removeExpired(long now, int most) {
    return List.of();
  }

  @Override
  public String description() {
    return store.name().equals("memory")
        ? "in this process alone: they end with it, and no other process knows them"
        : "in " + store.name()
            + " alone: they last as long as it keeps them, so it wants persistence"
            + " and an eviction policy that spares them; while it is away no session can be read";
  }

  @Override
  public void close() {
    if (isOwned) {
      store.close();
    }
  }

  private void put(StoredSession session) {
    String key = sessionKey(session.digest());
    long token = nonce();
    // Over whatever is there: nobody else has this digest, so it can only be a trace of a failed
    // try.
    ask(() -> tier.plant(key, null, token, PLACEHOLDER));
    if (!replace(key, token, sessions.encode(session), lifeOf(session))) {
      throw new TierUnavailableException("session: the tier dropped it while it was written");
    }
  }

  /** Writes the session's name below its principal, if it has one. */
  private void name(StoredSession session) {
    String principal = session.principal();
    if (principal == null) {
      return;
    }
    String key = principalKey(principal);
    long now = clock.millis();
    Name name = new Name(session.digest(), session.expiresAt());
    update(key, old -> {
      List<Name> names = new ArrayList<>();
      for (Name each : old.sessions()) {
        if (each.expiresAt() > now && !each.digest().equals(name.digest())) {
          names.add(each);
        }
      }
      names.add(name);
      names.sort((one, other) -> Long.compare(other.expiresAt(), one.expiresAt()));
      return new Principal(
          List.copyOf(names.subList(0, Math.min(names.size(), MOST_OF_PRINCIPAL))));
    });
  }

  private void update(String key, UnaryOperator<Principal> change) {
    for (int i = 0; i < TRIES; i++) {
      Slot slot = read(key);
      Principal next = change.apply(principalIn(slot));
      long expected = slot.nonce();
      if (!(slot instanceof Slot.Filled)) {
        long token = nonce();
        Long planted = slot.nonce();
        if (!ask(() -> tier.plant(key, planted, token, PLACEHOLDER))) {
          continue;
        }
        expected = token;
      }
      Duration life = next.sessions().stream()
          .map(each -> life(each.expiresAt()))
          .max(Duration::compareTo)
          .orElse(PLACEHOLDER);
      if (replace(key, expected, principals.encode(next), life)) {
        return;
      }
    }
    throw new TierUnavailableException(
        "session: " + TRIES + " log-ins of the same principal came first, one after another");
  }

  private boolean replace(String key, long expected, byte[] value, Duration life) {
    byte[] body = new byte[value.length + 1];
    body[0] = FORM;
    System.arraycopy(value, 0, body, 1, value.length);
    Tier.Fill fill = new Tier.Fill(nonce(), body, life);
    return ask(() -> tier.fill(key, expected, fill));
  }

  private @Nullable StoredSession sessionIn(Slot slot, String digest) {
    StoredSession session = decode(slot, sessions);
    return session == null || !session.digest().equals(digest) ? null : session;
  }

  private Principal principalIn(Slot slot) {
    Principal principal = decode(slot, principals);
    return principal == null ? new Principal(List.of()) : principal;
  }

  private static <T> @Nullable T decode(Slot slot, Codec<T> codec) {
    if (!(slot instanceof Slot.Filled filled)) {
      return null;
    }
    ByteBuffer body = filled.body().slice();
    if (!body.hasRemaining() || body.get() != FORM) {
      return null;
    }
    try {
      return codec.decode(body);
    } catch (CodecException malformed) {
      return null;
    }
  }

  private Slot read(String key) {
    return ask(() -> tier.read(key));
  }

  private <T> T ask(Supplier<CompletionStage<T>> call) {
    try {
      return call.get().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TierUnavailableException("session: interrupted", interrupted);
    } catch (ExecutionException failure) {
      throw new TierUnavailableException(
          "session: " + store.name() + " did not answer: " + failure.getCause(), failure);
    } catch (TimeoutException late) {
      throw new TierUnavailableException(
          "session: " + store.name() + " did not answer within " + timeout, late);
    }
  }

  private Duration lifeOf(StoredSession session) {
    return life(session.expiresAt());
  }

  private Duration life(long expiresAt) {
    long millis = expiresAt - clock.millis();
    return millis >= LONGEST.toMillis() ? LONGEST : Duration.ofMillis(Math.max(1, millis));
  }

  private long nonce() {
    long nonce = random.nextLong();
    return nonce == 0 ? 1 : nonce;
  }

  private String sessionKey(String digest) {
    return prefix + ":held-session:" + digest;
  }

  private String principalKey(String digest) {
    return prefix + ":principal:" + digest;
  }
}
