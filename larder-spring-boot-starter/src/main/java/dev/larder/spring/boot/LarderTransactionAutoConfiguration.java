package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.log.Outbox;
import dev.larder.spring.transaction.BeforeOutbox;
import dev.larder.spring.transaction.LarderTransactionManagers;
import dev.larder.spring.transaction.OutboxWriter;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Spring's transactions as units of work: invalidations wait for the commit, and where the database
 * tier lies in the application's own database they are rows of the same transaction.
 */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnBean(Larder.class)
@ConditionalOnClass(name = "org.springframework.transaction.ConfigurableTransactionManager")
@ConditionalOnProperty(name = "larder.transactions.enabled", matchIfMissing = true)
public class LarderTransactionAutoConfiguration {

  /** For Spring. */
  public LarderTransactionAutoConfiguration() {}

  /** Listens to every transaction manager. */
  @Bean
  @ConditionalOnMissingBean
  static LarderTransactionManagers larderTransactionManagers(
      ObjectProvider<Larder> larder,
      ObjectProvider<OutboxWriter> outbox,
      ObjectProvider<BeforeOutbox> before) {
    return new LarderTransactionManagers(larder, outbox, before);
  }

  /** The outbox, where transactions have connections to its database. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.jdbc.datasource.DataSourceUtils")
  static class OutboxConfiguration {

    /** Null unless the database tier is in the application's own data source. */
    @Bean
    @ConditionalOnMissingBean
    @Nullable OutboxWriter larderOutboxWriter(Larder larder, LarderAutoConfiguration.FoundTiers found) {
      Optional<Outbox> outbox = larder.outbox();
      DataSource source = found.database() == null ? null : found.database().source();
      return outbox.isPresent() && source != null ? new OutboxWriter(outbox.get(), source) : null;
    }
  }
}
