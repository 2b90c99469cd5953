package dev.larder.web.spring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the live streams of invalidations. They are there once the application has a {@code
 * LiveGuard}.
 *
 * @param path where browsers open streams
 * @param maxStreams most streams of this process at once, 1 to 1000000
 * @param maxTags most tags of one stream, 1 to 1000
 * @param retained records kept for streams that come again, 16 to 1000000
 * @param heartbeat how often a silent stream is written to, 1 s to 5 min
 */
@ConfigurationProperties("larder.web.live")
public record LarderLiveProperties(
    @DefaultValue("/live") String path,
    @DefaultValue("1000") int maxStreams,
    @DefaultValue("100") int maxTags,
    @DefaultValue("4096") int retained,
    @DefaultValue("15s") Duration heartbeat) {}
