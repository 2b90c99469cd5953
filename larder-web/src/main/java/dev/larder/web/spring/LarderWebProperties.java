package dev.larder.web.spring;

import dev.larder.web.WebCacheOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the response cache.
 *
 * @param enabled whether responses are cached at all
 * @param name the cache's name in Cache-Status
 * @param cacheStatus whether Cache-Status is sent
 * @param tagHeader under which header tags are sent to a CDN
 * @param maxBody longest body that is kept
 * @param l1Size how many bytes of responses each handler keeps in memory
 * @param clientRefreshesPerSecond how many requests a second may force a refresh by no-cache
 * @param targetedControl name of a targeted field that the cache listens to, as CDN-Cache-Control; empty
 *     for none
 * @param writesInvalidate whether a successful POST, PUT, PATCH or DELETE ends what is stored for the
 *     same resource
 * @param passFor how long requests go straight to a handler whose response could not be stored
 * @param servletName the servlet of the handlers
 * @param requestFigures whether it is counted what each request does with caches
 * @param serverTiming whether clients are told that by Server-Timing; counts it too
 */
@ConfigurationProperties("larder.web")
public record LarderWebProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("larder") String name,
    @DefaultValue("true") boolean cacheStatus,
    @DefaultValue("none") WebCacheOptions.TagHeader tagHeader,
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue("16MB") DataSize l1Size,
    @DefaultValue("0") double clientRefreshesPerSecond,
    @DefaultValue("") String targetedControl,
    @DefaultValue("true") boolean writesInvalidate,
    @DefaultValue("10s") Duration passFor,
    @DefaultValue("dispatcherServlet") String servletName,
    @DefaultValue("false") boolean requestFigures,
    @DefaultValue("false") boolean serverTiming) {}
