package dev.larder.hibernate;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.Larder;
import dev.larder.hibernate.spring.FlushBeforeOutbox;
import dev.larder.log.Change;
import dev.larder.log.Target;
import dev.larder.spring.transaction.BeforeOutbox;
import dev.larder.spring.transaction.LarderTransactionManagers;
import dev.larder.spring.transaction.OutboxWriter;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One process of a record shop: Spring, JPA by Hibernate, transactions as units of work. */
final class Records implements AutoCloseable {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  final DataSource source;
  final Larder larder;
  final EntityManagerFactory factory;
  final EntityManager entities;

  /** How a process is made. */
  record Settings(
      String url, String redis, String keyPrefix, boolean hasOutbox, CaptureMode mode) {}

  Records(Settings settings) {
    this(settings, (larderHibernate, pool) -> pool);
  }

  /**
   * Starts one.
   *
   * @param around what stands around the pool of connections
   */
  Records(Settings settings, BiFunction<LarderHibernate, DataSource, DataSource> around) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.url());
    config.setMaximumPoolSize(8);
    HikariDataSource pool = new HikariDataSource(config);
    context.registerBean("pool", HikariDataSource.class, () -> pool);
    LarderHibernate larderHibernate =
        LarderHibernate.of(() -> context.getBean(Larder.class)).mode(settings.mode());
    source = around.apply(larderHibernate, pool);
    context.registerBean(Larder.class, () -> {
      var builder = Larder.builder()
          .keyPrefix(settings.keyPrefix())
          .tierTimeout(Duration.ofSeconds(10))
          .logTimeout(Duration.ofSeconds(10))
          .startTimeout(Duration.ofSeconds(30));
      if (!settings.redis().isEmpty()) {
        builder.redis(settings.redis());
      }
      if (settings.hasOutbox()) {
        builder.database(pool);
      }
      return builder.build();
    });
    context.registerBean(
        "entityManagerFactory", LocalContainerEntityManagerFactoryBean.class, () -> {
          var factoryBean = new LocalContainerEntityManagerFactoryBean();
          factoryBean.setDataSource(source);
          factoryBean.setPackagesToScan("dev.larder.hibernate");
          factoryBean.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
          factoryBean.getJpaPropertyMap().put("hibernate.hbm2ddl.auto", "update");
          factoryBean.getJpaPropertyMap().putAll(larderHibernate.settings());
          return factoryBean;
        });
    context.registerBean(
        JpaTransactionManager.class,
        () -> new JpaTransactionManager(context.getBean(EntityManagerFactory.class)));
    if (settings.hasOutbox()) {
      context.registerBean(
          OutboxWriter.class,
          () -> new OutboxWriter(context.getBean(Larder.class).outbox().orElseThrow(), source));
      context.register(WithOutbox.class);
    }
    context.registerBean(
        LarderTransactionManagers.class,
        () -> new LarderTransactionManagers(
            context.getBeanProvider(Larder.class),
            context.getBeanProvider(OutboxWriter.class),
            context.getBeanProvider(BeforeOutbox.class)));
    context.refresh();
    larder = context.getBean(Larder.class);
    larder.onChange(this::note);
    factory = context.getBean(EntityManagerFactory.class);
    entities = SharedEntityManagerCreator.createSharedEntityManager(factory);
  }

  @Configuration(proxyBeanMethods = false)
  static class WithOutbox {

    @Bean
    FlushBeforeOutbox flushBeforeOutbox(EntityManagerFactory factory) {
      return new FlushBeforeOutbox(factory);
    }
  }

  private void note(Change change) {
    change.targets().stream()
        .filter(target -> target.kind() == Target.Kind.TAG)
        .forEach(target -> ended.add(target.id()));
  }

  /** The tags that have ended on this node since this was last asked. */
  Set<String> ended() {
    Set<String> tags = new TreeSet<>(ended);
    ended.removeAll(tags);
    return tags;
  }

  TransactionTemplate transaction() {
    return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
  }

  void inTransaction(Consumer<EntityManager> work) {
    transaction().executeWithoutResult(status -> work.accept(entities));
  }

  <T> T read(Function<EntityManager, T> work) {
    return transaction().execute(status -> work.apply(entities));
  }

  /** Two artists, two albums of the first. */
  void fill() {
    inTransaction(all -> {
      all.createNativeQuery("TRUNCATE album_genres, album, artist").executeUpdate();
      Artist first = new Artist(7, "Nina");
      all.persist(first);
      all.persist(new Artist(8, "Otis"));
      Album album = new Album(42, "Blue", first);
      album.genres.add("jazz");
      all.persist(album);
      all.persist(new LiveAlbum(43, "Live", first, "Montreux"));
    });
    ended();
  }

  @Override
  public void close() {
    context.close();
  }
}
