#include <mpi.h>
#include <stdio.h>

int main(void) {
    int rank, size;

    MPI_Init(NULL, NULL); // (1)!
    MPI_Comm_rank(MPI_COMM_WORLD, &rank); // (2)!
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    printf("hello from rank %d of %d\n", rank, size);
    MPI_Finalize(); // (3)!
    return 0;
}
