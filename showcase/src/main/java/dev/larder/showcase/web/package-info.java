/**
 * What the web side of every system shares: {@link dev.larder.showcase.web.Refused} is thrown for
 * what is not done and {@link dev.larder.showcase.web.Problems} answers it, {@link
 * dev.larder.showcase.web.Viewer} is who asks, and {@link dev.larder.showcase.web.LoginCookie}
 * remembers it. There are no passwords: in this demonstration everybody may be anybody.
 */
@NullMarked
package dev.larder.showcase.web;

import org.jspecify.annotations.NullMarked;
