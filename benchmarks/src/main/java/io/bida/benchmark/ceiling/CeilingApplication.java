package io.bida.benchmark.ceiling;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The JAX-RS application at {@code /ceiling}. */
@ApplicationPath("/")
public class CeilingApplication extends Application {}
