package dev.larder.spring.session;

import dev.larder.CodecException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;

/**
 * One session as one request sees it. What the request changes is noted and merged by {@link
 * LarderSessionRepository#save}, attribute by attribute.
 *
 * <p>Not safe for many threads, as sessions of Spring Session are not.
 */
public final class LarderSession implements Session {

  private static final Logger logger = LoggerFactory.getLogger(LarderSession.class);

  private final LarderSessionRepository repository;
  private final AttributeTypes types;
  private final Clock clock;
  private final Map<String, StoredAttribute> stored = new LinkedHashMap<>();
  private final Map<String, Object> read = new LinkedHashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private String id;
  private String savedDigest;
  private boolean isIdChanged;
  private boolean isNew;
  private final Instant created;
  private Instant lastAccess;
  private Instant savedAccess;
  private Duration maxIdle;
  private boolean isMaxIdleChanged;

  /** A new session. */
  LarderSession(
      LarderSessionRepository repository, String id, String digest, Clock clock, Duration maxIdle) {
    this.repository = repository;
    this.types = repository.types();
    this.clock = clock;
    this.id = id;
    this.savedDigest = digest;
    this.isNew = true;
    this.created = Instant.ofEpochMilli(clock.millis());
    this.lastAccess = created;
    this.savedAccess = created;
    this.maxIdle = maxIdle;
  }

  /** A session that is stored. */
  LarderSession(LarderSessionRepository repository, String id, StoredSession from, Clock clock) {
    this.repository = repository;
    this.types = repository.types();
    this.clock = clock;
    this.id = id;
    this.savedDigest = from.digest();
    this.created = Instant.ofEpochMilli(from.created());
    this.lastAccess = Instant.ofEpochMilli(from.lastAccess());
    this.savedAccess = lastAccess;
    this.maxIdle = Duration.ofMillis(from.maxIdle());
    this.stored.putAll(from.attributes());
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public String changeSessionId() {
    id = repository.newId();
    isIdChanged = true;
    flush();
    return id;
  }

  /**
   * {@inheritDoc} An attribute that can't be read any more, since its type is no longer declared or has
   * another shape now, is absent; the log names it.
   */
  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> @Nullable T getAttribute(String name) {
    Object value = read.get(name);
    if (value == null) {
      StoredAttribute form = stored.get(name);
      if (form == null) {
        return null;
      }
      try {
        value = types.decode(form);
      } catch (CodecException unreadable) {
        logger.warn(
            "session attribute '{}' can't be read and is taken for absent: {}",
            name,
            unreadable.getMessage());
        return null;
      }
      read.put(name, value);
    }
    if (repository.saveMode() == SaveMode.ON_GET_ATTRIBUTE) {
      changed.add(name);
    }
    return (T) value;
  }

  @Override
  public Set<String> getAttributeNames() {
    Set<String> names = new LinkedHashSet<>(stored.keySet());
    names.addAll(read.keySet());
    return Collections.unmodifiableSet(names);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the value's type is not among the {@link AttributeTypes}, or
   *     it has no form; nothing is changed then
   */
  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (value == null) {
      removeAttribute(name);
      return;
    }
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "session attribute: an empty name, or one with a NUL in it," + " can't be stored");
    }
    // Encoded again when it is saved, since the value may change until then.
    types.encode(name, value);
    read.put(name, value);
    changed.add(name);
    flush();
  }

  @Override
  public void removeAttribute(String name) {
    read.remove(name);
    stored.remove(name);
    changed.add(name);
    flush();
  }

  @Override
  public Instant getCreationTime() {
    return created;
  }

  @Override
  public void setLastAccessedTime(Instant lastAccessedTime) {
    // Stores keep milliseconds: what is read back is to be what was set.
    lastAccess = Instant.ofEpochMilli(lastAccessedTime.toEpochMilli());
    flush();
  }

  @Override
  public Instant getLastAccessedTime() {
    return lastAccess;
  }

  /** {@inheritDoc} Negative: it never ends by itself. */
  @Override
  public void setMaxInactiveInterval(Duration interval) {
    maxIdle = interval;
    isMaxIdleChanged = true;
    flush();
  }

  @Override
  public Duration getMaxInactiveInterval() {
    return maxIdle;
  }

  @Override
  public boolean isExpired() {
    return !maxIdle.isNegative() && !clock.instant().minus(maxIdle).isBefore(lastAccess);
  }

  private void flush() {
    if (repository.flushMode() == FlushMode.IMMEDIATE) {
      repository.save(this);
    }
  }

  boolean isNew() {
    return isNew;
  }

  boolean isIdChanged() {
    return isIdChanged;
  }

  /** Digest of the id under which it is stored, or will be if it is new. */
  String savedDigest() {
    return savedDigest;
  }

  /** Whether one of two attributes was changed: those that tell the principal. */
  boolean isChanged(String name) {
    return changed.contains(name);
  }

  /** Whether there is more to store than a last use that was stored a short while ago. */
  boolean isWorthSaving() {
    long step = SessionTimes.touchStep(maxIdleMillis());
    return isNew
        || isIdChanged
        || isMaxIdleChanged
        || !changed.isEmpty()
        || repository.saveMode() == SaveMode.ALWAYS
        || lastAccess.toEpochMilli() - savedAccess.toEpochMilli() >= step;
  }

  /** All of it. */
  StoredSession whole(byte @Nullable [] sealedId, @Nullable String principal) {
    Map<String, StoredAttribute> attributes = new LinkedHashMap<>(stored);
    read.forEach((name, value) -> attributes.put(name, types.encode(name, value)));
    return new StoredSession(
        savedDigest,
        sealedId,
        principal,
        created.toEpochMilli(),
        lastAccess.toEpochMilli(),
        maxIdleMillis(),
        attributes);
  }

  /** What this request changed. */
  SessionChange change(
      SessionChange.@Nullable NewId newId, SessionChange.@Nullable NewPrincipal newPrincipal) {
    Map<String, StoredAttribute> put = new LinkedHashMap<>();
    Set<String> removed = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>(changed);
    if (repository.saveMode() == SaveMode.ALWAYS) {
      names.addAll(getAttributeNames());
    }
    for (String name : names) {
      Object value = read.get(name);
      StoredAttribute old = stored.get(name);
      if (value != null) {
        put.put(name, types.encode(name, value));
      } else if (old != null) {
        put.put(name, old);
      } else {
        removed.add(name);
      }
    }
    return new SessionChange(
        lastAccess.toEpochMilli(),
        isMaxIdleChanged ? maxIdleMillis() : null,
        newPrincipal,
        newId,
        put,
        removed);
  }

  /** What was changed is stored. */
  void saved(String digest) {
    savedDigest = digest;
    isNew = false;
    isIdChanged = false;
    isMaxIdleChanged = false;
    savedAccess = lastAccess;
    changed.clear();
  }

  private long maxIdleMillis() {
    return maxIdle.isNegative() ? -1 : maxIdle.toMillis();
  }

  /** Without its id, which is as good as a password. */
  @Override
  public String toString() {
    return "LarderSession[" + savedDigest.substring(0, 8) + "]";
  }
}
