package dev.larder.hibernate;

import dev.larder.Larder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * Joins session factories to a larder. Immutable but for what it learns of the factories; safe for many
 * threads.
 *
 * <pre>{@code
 * factoryBean.getJpaPropertyMap().putAll(LarderHibernate.of(larder).settings());
 * }</pre>
 *
 * <p>Inside a {@link dev.larder.UnitOfWork} (larder-spring begins one with every transaction of Spring's)
 * what is written ends cached entries at the unit's commit. Outside of one it does when Hibernate's own
 * transaction has committed. Nothing is invalidated for what is rolled back.
 */
public final class LarderHibernate {

  /** The setting that names the instance for a session factory. */
  public static final String SETTING = "larder.hibernate";

  private final Supplier<Larder> larder;
  private final Map<String, Mappings> mappings = new ConcurrentHashMap<>();
  private final Observed observed;
  private final Writes writes;
  private final Reads reads;

  private LarderHibernate(Supplier<Larder> larder, CaptureMode mode) {
    this.larder = Objects.requireNonNull(larder, "larder");
    this.observed = new Observed(Objects.requireNonNull(mode, "mode"));
    this.writes = new Writes(this);
    this.reads = new Reads(this);
  }

  /** Joins to a larder. */
  public static LarderHibernate of(Larder larder) {
    Objects.requireNonNull(larder, "larder");
    return of(() -> larder);
  }

  /** Joins to a larder that is made later: it is asked with the first write or captured read. */
  public static LarderHibernate of(Supplier<Larder> larder) {
    return new LarderHibernate(larder, CaptureMode.ENFORCE);
  }

  /** The same in another mode. Default {@link CaptureMode#ENFORCE}. */
  public LarderHibernate mode(CaptureMode other) {
    return new LarderHibernate(larder, other);
  }

  /** What to add to the settings of a session or entity manager factory. */
  public Map<String, Object> settings() {
    return Map.of(SETTING, this);
  }

  /** What {@link CaptureMode#SUGGEST} has said so far, a sentence for each cache and dependency. */
  public List<String> suggestions() {
    return observed.suggestions();
  }

  Larder larder() {
    return larder.get();
  }

  Observed observed() {
    return observed;
  }

  Writes writes() {
    return writes;
  }

  Reads reads() {
    return reads;
  }

  Mappings mappings(SharedSessionContractImplementor session) {
    SessionFactoryImplementor factory = session.getFactory();
    return mappings.computeIfAbsent(factory.getUuid(), id -> new Mappings(factory));
  }

  void started(SessionFactoryImplementor factory) {
    mappings.put(factory.getUuid(), new Mappings(factory));
  }

  void closed(SessionFactoryImplementor factory) {
    mappings.remove(factory.getUuid());
  }
}
