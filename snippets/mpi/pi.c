#include <mpi.h>
#include <stdio.h>

enum { STRIPS = 100000 };

static double area(int rank, int size) {
    double total = 0;
    for (int strip = rank; strip < STRIPS; strip += size) {
        double middle = (strip + 0.5) / STRIPS;
        total += 4 / (1 + middle * middle);
    }
    return total / STRIPS;
}

int main(void) {
    int rank, size;

    MPI_Init(NULL, NULL);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    double mine = area(rank, size), whole; // (1)!
    MPI_Reduce(&mine, &whole, 1, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD); // (2)!
    if (rank == 0)
        printf("pi is about %.10f, ranks: %d\n", whole, size);
    MPI_Finalize();
    return 0;
}
