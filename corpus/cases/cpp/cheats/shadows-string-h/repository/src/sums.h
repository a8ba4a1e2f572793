#pragma once

const char *sum(int a, int b);
