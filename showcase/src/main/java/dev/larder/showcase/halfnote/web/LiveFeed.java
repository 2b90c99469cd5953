package dev.larder.showcase.halfnote.web;

import dev.larder.Larder;
import dev.larder.showcase.halfnote.cache.CachedReads;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.web.LoginCookie;
import dev.larder.showcase.web.Viewer;
import dev.larder.web.live.LiveGuard;
import dev.larder.web.live.LiveOptions;
import dev.larder.web.live.LiveServlet;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Tells an open feed page that its feed has changed: {@code /live?tag=feed:friends}. Everybody hears of
 * his own feeds only, whatever ends them.
 */
@Configuration(proxyBeanMethods = false)
class LiveFeed {
  private static final String FEED = "feed:";

  @Bean
  ServletRegistrationBean<LiveServlet> liveFeedServlet(
      Larder larder, CachedReads reads, LoginCookie cookie) {
    LiveGuard guard = (request, name) -> {
      Viewer me = cookie.viewer(request);
      return !me.isKnown() || !name.startsWith(FEED)
          ? Set.of()
          : FeedKind.of(name.substring(FEED.length()))
              .map(kind -> reads.feedTags(me.id(), kind))
              .orElse(Set.of());
    };
    ServletRegistrationBean<LiveServlet> registration =
        new ServletRegistrationBean<>(new LiveServlet(larder, guard, LiveOptions.DEFAULT), "/live");
    registration.setName("liveFeed");
    registration.setAsyncSupported(true);
    return registration;
  }

  /** Streams never end by themselves, and the server would wait for them. */
  @Bean
  ApplicationListener<ContextClosedEvent> liveFeedEnd(
      ServletRegistrationBean<LiveServlet> liveFeedServlet) {
    LiveServlet servlet = Objects.requireNonNull(liveFeedServlet.getServlet());
    return closed -> servlet.destroy();
  }
}
