package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.hibernate.LarderHibernate;
import dev.larder.hibernate.spring.FlushBeforeOutbox;
import dev.larder.spring.transaction.BeforeOutbox;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/**
 * What Hibernate writes ends cached entries, and what a capturing load reads becomes its tags. For
 * applications with larder-hibernate and JPA on the class path.
 */
@AutoConfiguration(
    after = LarderAutoConfiguration.class,
    beforeName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnClass({LarderHibernate.class, HibernatePropertiesCustomizer.class})
@ConditionalOnBean(Larder.class)
@ConditionalOnProperty(name = "larder.hibernate.enabled", matchIfMissing = true)
public class LarderHibernateAutoConfiguration {

  /** For Spring. */
  public LarderHibernateAutoConfiguration() {}

  /** Asked for the larder with the first write, so that the order of beans does not matter. */
  @Bean
  @ConditionalOnMissingBean
  LarderHibernate larderHibernate(ObjectProvider<Larder> larder) {
    return LarderHibernate.of(larder::getObject);
  }

  /** Joins the session factory of Spring Boot. */
  @Bean
  HibernatePropertiesCustomizer larderHibernateProperties(LarderHibernate hibernate) {
    return properties -> properties.putAll(hibernate.settings());
  }

  /** Writes what the persistence contexts still hold before the outbox is written. */
  @Bean
  BeforeOutbox larderFlushBeforeOutbox(ObjectProvider<EntityManagerFactory> factories) {
    // Asked at the first commit: the factories are made after their transaction managers.
    Supplier<List<FlushBeforeOutbox>> flushes = SingletonSupplier.of(
        () -> factories.orderedStream().map(FlushBeforeOutbox::new).toList());
    return () -> flushes.get().forEach(FlushBeforeOutbox::run);
  }
}
