package io.bida.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The JAX-RS application at the root context: SDKs disagree on base paths, so there is none. */
@ApplicationPath("/")
public class ApiApplication extends Application {}
