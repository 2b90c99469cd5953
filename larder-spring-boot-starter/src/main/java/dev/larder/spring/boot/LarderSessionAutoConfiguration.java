package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.codec.CodecProvider;
import dev.larder.spring.session.AttributeTypes;
import dev.larder.spring.session.LarderSessionRepository;
import dev.larder.spring.session.SessionAttributeTypes;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * Spring Session on Larder's tiers. For servlet applications with spring-session-core on the class path
 * and no other {@code SessionRepository}.
 */
@AutoConfiguration(
    after = LarderAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration",
      "org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration"
    },
    beforeName = "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration")
@ConditionalOnClass({SessionRepository.class, Filter.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(LarderAutoConfiguration.FoundTiers.class)
@ConditionalOnMissingBean(SessionRepository.class)
@ConditionalOnProperty(name = "larder.session.enabled", matchIfMissing = true)
public class LarderSessionAutoConfiguration {

  /** For Spring. */
  public LarderSessionAutoConfiguration() {}

  /** What sessions may hold: what configuration and beans declare. */
  @Bean
  @ConditionalOnMissingBean
  AttributeTypes larderSessionAttributeTypes(
      CodecProvider codecs,
      LarderProperties properties,
      ObjectProvider<SessionAttributeTypes> declarations) {
    AttributeTypes.Builder types = AttributeTypes.builder(codecs);
    properties
        .session()
        .attributeTypes()
        .forEach((name, type) -> SessionSettings.declare(types, name, type));
    declarations.orderedStream().forEach(each -> each.declare(types));
    return types.build();
  }

  /** Sessions; closed with the application. */
  @Bean(destroyMethod = "close")
  LarderSessionRepository sessionRepository(
      LarderProperties properties,
      LarderAutoConfiguration.FoundTiers found,
      CodecProvider codecs,
      AttributeTypes types,
      ApplicationEventPublisher events,
      Environment environment) {
    return new SessionSettings(properties, found, environment).repository(codecs, types, events);
  }

  /** Operators see figures of sessions, where there is a larder to ask. */
  @Bean
  SmartInitializingSingleton larderSessionFigures(
      ObjectProvider<Larder> larder, LarderSessionRepository sessions) {
    return () -> larder.ifUnique(it -> it.figures().addSessions(sessions::stats));
  }

  /** The filter that puts them in the place of the servlet container's. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(SessionRepositoryFilter.class)
  @EnableSpringHttpSession
  static class FilterConfiguration {}
}
